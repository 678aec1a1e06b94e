import type { LogEvent } from '../src/live/frames'
import { el, icon } from './dom'
import type { TalkState } from './talk'
import { words } from './words'

const CLOSE = 'M6 6l12 12M18 6L6 18'
const DOWN = 'M6 9.5l6 6 6-6'

export interface HeaderDeeds {
  close(): void
  retry(): void
  /** The buyer chose a type size: 0 standard, 1 large, 2 extra large. */
  resize(size: number): void
}

/** Above the messages: who answers and how soon, the type size, the way out, and what there is to know while waiting. */
export function createHeader(deeds: HeaderDeeds) {
  let size = 0
  const mark = el('div', { class: 'mk', 'aria-hidden': 'true' })
  const name = el('span')
  const tag = el('span', { class: 'tag' })
  const sub = el('p', { role: 'status' })
  const smaller = el('button', { type: 'button', class: 'aa', 'aria-label': words.smaller, onclick: () => choose(size - 1) }, 'A−')
  const larger = el('button', { type: 'button', class: 'aa', 'aria-label': words.larger, onclick: () => choose(size + 1) }, 'A+')
  const told = el('span', { class: 'unseen', role: 'status' })
  const hide = el('button', { type: 'button', onclick: deeds.close })
  const sizes = el('div', { class: 'sizes', role: 'group', 'aria-label': words.type }, smaller, larger, told)
  const who = el('div', { class: 'who' }, el('h2', {}, name, ' ', tag), sub)
  const notice = el('p', { class: 'notice', role: 'status' })
  const retry = el('button', { type: 'button', class: 'retry', onclick: deeds.retry }, words.retry)
  const node = el('header', {}, el('div', { class: 'head' }, mark, who, el('div', { class: 'hb' }, sizes, hide)), notice, retry)

  function setSize(next: number): void {
    size = next
    // A button that goes dead under the finger must not take the focus with it.
    smaller.setAttribute('aria-disabled', String(size === 0))
    larger.setAttribute('aria-disabled', String(size === words.typeSizes.length - 1))
  }

  function choose(next: number): void {
    if (next < 0 || next >= words.typeSizes.length) return
    setSize(next)
    told.textContent = words.typeSizes[next] ?? ''
    deeds.resize(next)
  }

  function update(state: TalkState): void {
    const answer = state.events.findLast((event) => event.kind === 'message' && event.from.role !== 'buyer')
    const by = byOf(state, answer)
    const person = state.service?.agent || (answer?.from.role === 'agent' && answer.from.name)
    const title = (by === 'person' && person) || state.shop || words.title('')
    set(name, title)
    set(mark, [...title][0] ?? '')
    tag.hidden = !by
    tag.className = by === 'person' ? 'tag man' : 'tag'
    set(tag, by === 'person' ? words.human : by === 'assistant' ? words.automatic : words.leaving)
    set(sub, subline(state, by))
    sub.className = state.phase === 'away' || state.phase === 'failed' ? 'away' : ''
    set(notice, noticeOf(state))
    notice.hidden = !notice.textContent
    retry.hidden = state.phase !== 'failed'
  }

  return {
    node,
    update,
    setSize,
    setFull(full: boolean): void {
      hide.setAttribute('aria-label', full ? words.close : words.hide)
      hide.replaceChildren(icon(full ? CLOSE : DOWN))
    },
  }
}

type By = 'person' | 'assistant' | 'nobody' | ''

/** Who answers: as the server says, else as the last answer tells; empty while nothing was said. */
function byOf({ service, events }: TalkState, answer: LogEvent | undefined): By {
  if (service?.by === 'assistant') return events.some((event) => event.kind === 'message') ? 'assistant' : ''
  if (service) return service.by
  if (answer?.from.role === 'agent') return 'person'
  return answer ? 'assistant' : ''
}

function subline({ phase, problem, service, queue }: TalkState, by: By): string {
  if (phase === 'connecting') return words.connecting
  if (phase === 'away') return words.away
  if (phase === 'failed') return problem
  if (!service) return phase === 'idle' ? '' : words.ready
  if (by === 'nobody') return words.nobodyThere
  return by !== 'person' && queue?.position ? words.personSoon : words.answersIn(service.minutes)
}

function noticeOf({ phase, service, queue }: TalkState): string {
  if (phase !== 'open') return ''
  if (service && !service.open) return words.offDuty(service.opens_at)
  if (!queue?.position || service?.by === 'nobody') return ''
  return queue.ahead > 0 ? words.queue(queue.ahead, Math.max(1, queue.minutes)) : words.next
}

/** Changes text only when it differs, so that a screen reader is not told the same twice. */
function set(node: HTMLElement, text: string): void {
  if (node.textContent !== text) node.textContent = text
}
