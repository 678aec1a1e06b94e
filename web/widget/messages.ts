import { el } from './dom'
import { type Deeds, type Line, linesOf } from './lines'
import type { TalkState } from './talk'
import { words } from './words'

/** Within this distance of the end, new messages keep the end in view. */
const NEAR_END = 60

/** The list of messages; lines that stay keep their elements, so that a screen reader hears only what is new. */
export function createMessages(deeds: Deeds) {
  const node = el('div', { class: 'msgs', role: 'log', 'aria-live': 'polite', 'aria-label': words.log, tabindex: '0' })
  const drawn = new Map<string, { face: string; element: HTMLElement }>()
  let atEnd = true
  node.addEventListener('scroll', () => (atEnd = node.scrollHeight - node.scrollTop - node.clientHeight < NEAR_END), { passive: true })
  new ResizeObserver(() => atEnd && toEnd()).observe(node)

  function update(state: TalkState, now: number): void {
    const fromEnd = node.scrollHeight - node.scrollTop
    const before = node.firstElementChild
    const lines = linesOf(state, now, deeds)
    const keys = new Set(lines.map((line) => line.key))
    for (const [key, { element }] of drawn) {
      if (keys.has(key)) continue
      element.remove()
      drawn.delete(key)
    }
    let place: Element | null = node.firstElementChild
    for (const line of lines) {
      const old = drawn.get(line.key)?.element
      const element = show(line)
      if (old && old !== element) {
        if (old === place) place = old.nextElementSibling
        old.remove()
      }
      if (element === place) place = place.nextElementSibling
      else node.insertBefore(element, place)
    }
    if (atEnd) toEnd()
    else if (before !== node.firstElementChild) node.scrollTop = node.scrollHeight - fromEnd
  }

  function show(line: Line): HTMLElement {
    const known = drawn.get(line.key)
    const element = known?.face === line.face ? known.element : line.draw()
    drawn.set(line.key, { face: line.face, element })
    const small = element.querySelector('.tk')
    if (small && small.textContent !== line.small) small.textContent = line.small
    line.move?.(element)
    return element
  }

  function toEnd(): void {
    atEnd = true
    node.scrollTop = node.scrollHeight
  }

  return { node, update, toEnd }
}
