import { nextTick, type Ref, ref, watch } from 'vue'

import type { Thread } from './threads'

const LIT_MS = 2_500
/** So many pages are fetched to reach a message far back. */
const MOST_PAGES = 80

/** Brings the message `at` into view once it is here, fetching older ones until it is; returns the seq to light up. */
export function useShownMessage(
  box: Readonly<Ref<HTMLElement | null>>,
  atEnd: Ref<boolean>,
  props: { thread: Thread; at?: number },
  older: () => Promise<void>,
): Ref<number> {
  const lit = ref(0)
  let timer: ReturnType<typeof setTimeout> | undefined

  async function show(c: string, seq: number): Promise<void> {
    const isWanted = () => props.thread.c === c && props.at === seq
    atEnd.value = false
    for (let page = 0; page < MOST_PAGES && isWanted() && props.thread.floor >= seq; page++) {
      const floor = props.thread.floor
      await older()
      if (props.thread.floor === floor) break
    }
    await nextTick()
    const found = isWanted() ? box.value?.querySelector(`[data-seq="${seq}"]`) : null
    if (!found) return
    found.scrollIntoView({ block: 'center' })
    lit.value = seq
    clearTimeout(timer)
    timer = setTimeout(() => (lit.value = 0), LIT_MS)
  }

  watch(
    () => [props.thread.c, props.thread.phase, props.at] as const,
    async ([c, phase, at]) => {
      if (phase !== 'ready' || !at) return
      await nextTick()
      await nextTick()
      await show(c, at)
    },
    { immediate: true, flush: 'post' },
  )
  return lit
}
