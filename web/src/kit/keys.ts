import { onBeforeUnmount, onMounted } from 'vue'

/** Listens to the whole page; the handler returns true when the key was meant for it. */
export function useKeys(handle: (event: KeyboardEvent) => boolean): void {
  const listen = (event: KeyboardEvent) => {
    if (!event.isComposing && handle(event)) event.preventDefault()
  }
  onMounted(() => window.addEventListener('keydown', listen))
  onBeforeUnmount(() => window.removeEventListener('keydown', listen))
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }

/** Arrow keys choose the neighbour, as in every group of choices that the cursor goes to. */
export function chooseNeighbour(event: KeyboardEvent): void {
  const by = STEPS[event.key]
  const choices = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role="radio"]')]
  const next = choices[(choices.indexOf(document.activeElement as HTMLElement) + (by ?? 0) + choices.length) % choices.length]
  if (by === undefined || !next) return
  event.preventDefault()
  next.focus()
  next.click()
}

/** Whether the person is writing into something, so that plain letters belong there. */
export function isWriting(event: KeyboardEvent): boolean {
  const target = event.target
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}
