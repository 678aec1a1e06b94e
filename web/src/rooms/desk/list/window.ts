import { computed, onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/** Rows drawn beyond what is seen, above and below: a flick of the wheel meets no gap. */
const BEYOND = 10

/** The rows of equal height that are near what `box` shows of a list of `count`; heights in CSS pixels. */
export function rowsNear(top: number, seen: number, high: number, count: number): { from: number; to: number } {
  const from = Math.max(0, Math.min(count, Math.floor(top / high)) - BEYOND)
  return { from, to: Math.min(count, Math.ceil((top + seen) / high) + BEYOND) }
}

/** Draws of a long list of equally high rows only those near what `box` shows; `token` names their height. */
export function useRowWindow(box: Readonly<Ref<HTMLElement | null>>, token: string, count: Readonly<Ref<number>>) {
  const high = Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue(token))
  const top = ref(0)
  const seen = ref(window.innerHeight)
  const size = new ResizeObserver(([entry]) => (seen.value = entry?.contentRect.height || seen.value))
  const near = computed(() => rowsNear(top.value, seen.value, high, count.value))

  function onScroll(): void {
    // By whole rows: what moves less than one draws nothing anew.
    top.value = Math.floor((box.value?.scrollTop ?? 0) / high) * high
  }

  /** Scrolls just as far as the row needs to be seen whole. */
  function reveal(index: number): void {
    const list = box.value
    if (!list || index < 0) return
    if (index * high < list.scrollTop) list.scrollTop = index * high
    else if ((index + 1) * high > list.scrollTop + list.clientHeight) list.scrollTop = (index + 1) * high - list.clientHeight
  }

  onMounted(() => box.value && size.observe(box.value))
  onBeforeUnmount(() => size.disconnect())
  return { high, near, onScroll, reveal }
}
