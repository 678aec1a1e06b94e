import type { LogEvent } from '../src/live/frames'
import { el } from './dom'
import type { TalkState } from './talk'
import { words } from './words'

/** A pause this long gets a time of its own, in milliseconds. */
const PAUSE_MS = 5 * 60_000
/** Within this distance of the end, new messages keep the end in view. */
const NEAR_END = 60

export interface Deeds {
  older(): void
  again(id: string): void
  edit(id: string): void
}

interface Line {
  key: string
  /** What decides whether a line must be drawn anew; its small print changes in place. */
  face: string
  small: string
  draw(): HTMLElement
}

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
    return element
  }

  function toEnd(): void {
    atEnd = true
    node.scrollTop = node.scrollHeight
  }

  return { node, update, toEnd }
}

function linesOf(state: TalkState, now: number, deeds: Deeds): Line[] {
  const lines: Line[] = []
  if (state.floor > 0) lines.push(earlier(state, deeds))
  let last = 0
  for (const event of state.events) {
    if (event.kind === 'closed') lines.push(separator(`closed ${event.seq}`, words.closed))
    if (event.kind !== 'message') continue
    if (event.at - last > PAUSE_MS) lines.push(separator(`time ${event.seq}`, dayAndTime(event.at, now)))
    last = event.at
    lines.push(message(event, state.readByShop))
  }
  const isEmpty = !state.floor && !state.events.some((event) => event.kind === 'message')
  if (isEmpty && state.shop) lines.unshift(separator('intro', words.intro(state.shop), 'intro'))
  for (const { id, text } of state.pending) {
    const small = state.phase === 'open' ? words.sending : words.waiting
    lines.push({ key: id, face: 'pending', small, draw: () => bubble('m me pending', words.you, text) })
  }
  for (const { id, text, reason } of state.failed) {
    lines.push({ key: id, face: 'failed', small: words.failed(reason), draw: () => failed(id, text, deeds) })
  }
  if (state.typing) lines.push(separator('typing', words.typing, 'typing'))
  return lines
}

function message(event: LogEvent, readByShop: number): Line {
  const { role, name } = event.from
  const time = hourMinute(event.at)
  const mine = role === 'buyer'
  const isRobot = role === 'assistant'
  const who = isRobot ? words.automatic : [name, words.human].filter(Boolean).join(' · ')
  const small = mine ? `${time} ${event.seq <= readByShop ? words.read : words.delivered}` : `${who} ${time}`
  const look = `m${mine ? ' me' : ''}${isRobot ? ' auto' : ''}`
  const text = event.erased ? words.erased : (event.text ?? '')
  return {
    key: event.id || String(event.seq),
    face: `event ${text}`,
    small,
    draw: () => bubble(look, mine ? words.you : who, text),
  }
}

function bubble(look: string, who: string, text: string, ...more: Node[]): HTMLElement {
  const said = el('div', { class: 'b', dir: 'auto' }, el('span', { class: 'unseen' }, `${who}：`), text)
  return el('div', { class: look }, said, el('span', { class: 'tk' }), ...more)
}

function failed(id: string, text: string, deeds: Deeds): HTMLElement {
  const again = el('button', { type: 'button', onclick: () => deeds.again(id) }, words.again)
  const edit = el('button', { type: 'button', onclick: () => deeds.edit(id) }, words.edit)
  return bubble('m me failed', words.you, text, el('span', { class: 'deeds' }, again, edit))
}

function separator(key: string, text: string, look = ''): Line {
  return { key, face: text, small: '', draw: () => el('p', { class: `sep ${look}` }, text) }
}

function earlier(state: TalkState, deeds: Deeds): Line {
  const text = state.loadingOlder ? words.loading : words.earlier
  return { key: 'earlier', face: text, small: '', draw: () => el('button', { type: 'button', class: 'sep earlier', onclick: deeds.older }, text) }
}

function hourMinute(at: number): string {
  const date = new Date(at)
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`
}

function dayAndTime(at: number, now: number): string {
  const midnight = (time: number) => new Date(time).setHours(0, 0, 0, 0)
  const days = Math.round((midnight(now) - midnight(at)) / 86_400_000)
  if (days <= 0) return words.today(hourMinute(at))
  if (days === 1) return words.yesterday(hourMinute(at))
  return words.day(new Date(at).getMonth() + 1, new Date(at).getDate(), hourMinute(at))
}
