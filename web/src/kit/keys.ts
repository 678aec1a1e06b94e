import { onBeforeUnmount, onMounted } from 'vue'

/** Listens to the whole page; the handler returns true when the key was meant for it. */
export function useKeys(handle: (event: KeyboardEvent) => boolean): void {
  const listen = (event: KeyboardEvent) => {
    if (!event.isComposing && handle(event)) event.preventDefault()
  }
  onMounted(() => window.addEventListener('keydown', listen))
  onBeforeUnmount(() => window.removeEventListener('keydown', listen))
}

/** Whether the person is writing into something, so that plain letters belong there. */
export function isWriting(event: KeyboardEvent): boolean {
  const target = event.target
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}
