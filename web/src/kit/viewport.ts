import { ref } from 'vue'

export type Width = 'phone' | 'narrow' | 'wide'

/** Below: one column at a time. */
const PHONE = 768
/** Below: the right column floats over the messages instead of standing beside them. */
const NARROW = 1200
/** From here on a language of long words has room for them beside the right column. */
const AMPLE = 1600
/** Up to here: notebooks of 768 lines, on which every line counts. */
const LOW = 860

export const width = ref<Width>('wide')

/** Keeps `width`, and `data-width`, `data-height` and `data-room` on the page, in step with the window. */
export function installViewport(): void {
  const phone = window.matchMedia(`(max-width: ${PHONE - 1}px)`)
  const narrow = window.matchMedia(`(max-width: ${NARROW - 1}px)`)
  const low = window.matchMedia(`(max-height: ${LOW}px)`)
  const ample = window.matchMedia(`(min-width: ${AMPLE}px)`)
  const update = () => {
    width.value = phone.matches ? 'phone' : narrow.matches ? 'narrow' : 'wide'
    document.documentElement.dataset.width = width.value
    document.documentElement.dataset.height = low.matches ? 'low' : 'high'
    document.documentElement.dataset.room = ample.matches ? 'ample' : 'tight'
  }
  for (const size of [phone, narrow, low, ample]) size.addEventListener('change', update)
  update()
}
