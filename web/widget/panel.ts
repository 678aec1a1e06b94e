import { el, icon } from './dom'
import { createMessages } from './messages'
import type { Talk, TalkState } from './talk'
import { words } from './words'
import { createWriting } from './writing'

const CLOSE = 'M6 6l12 12M18 6L6 18'
const SMALLER = 'M6 12.5h12'

export interface PanelHooks {
  close(): void
  draft: string
  keepDraft(text: string): void
  large: boolean
  keepLarge(large: boolean): void
}

/** The open chat window. */
export function createPanel(talk: Talk, hooks: PanelHooks) {
  const mark = el('div', { class: 'mk', 'aria-hidden': 'true' })
  const name = el('span')
  const tag = el('span', { class: 'tag' })
  const sub = el('p', { role: 'status' })
  const large = el('button', { type: 'button', class: 'aa', 'aria-label': words.largerLabel, onclick: toggleLarge }, words.larger)
  const hide = el('button', { type: 'button', 'aria-label': words.hide, onclick: hooks.close })
  const retry = el('button', { type: 'button', class: 'retry', onclick: () => void talk.start() }, words.retry)
  const heading = el('h2', {}, name, ' ', tag)
  const head = el('div', { class: 'head' }, mark, el('div', { class: 'who' }, heading, sub), el('div', { class: 'hb' }, large, hide))
  const messages = createMessages({
    older: () => void talk.older(),
    again(id) {
      const failed = talk.takeFailed(id)
      if (failed) talk.send(failed.text, id)
    },
    edit(id) {
      const failed = talk.takeFailed(id)
      if (failed) writing.putBack(failed.text)
    },
  })
  const writing = createWriting(hooks.draft, {
    send(text) {
      talk.send(text)
      messages.toEnd()
    },
    typing: () => talk.typing(),
    keep: hooks.keepDraft,
  })
  const node = el('section', { class: 'w', role: 'dialog', onkeydown: onKey as (event: never) => void }, head, retry, messages.node, writing.node)
  setLarge(hooks.large)

  function setLarge(on: boolean): void {
    node.classList.toggle('big', on)
    large.setAttribute('aria-pressed', String(on))
  }

  function toggleLarge(): void {
    const on = !node.classList.contains('big')
    setLarge(on)
    hooks.keepLarge(on)
    writing.grow()
    messages.toEnd()
  }

  function onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.preventDefault()
      hooks.close()
    }
    if (event.key === 'Tab' && node.classList.contains('full')) trap(event)
  }

  /** Keeps the focus inside while the window covers the page. */
  function trap(event: KeyboardEvent): void {
    const stops = [...node.querySelectorAll<HTMLElement>('button, textarea, [tabindex="0"]')].filter(
      (stop) => stop.offsetParent !== null && !(stop as HTMLButtonElement).disabled,
    )
    const root = node.getRootNode() as ShadowRoot
    const [first, last] = [stops[0], stops.at(-1)]
    if (event.shiftKey ? root.activeElement === first : root.activeElement === last) {
      event.preventDefault()
      ;(event.shiftKey ? last : first)?.focus()
    }
  }

  function update(state: TalkState): void {
    const answer = state.events.findLast((event) => event.kind === 'message' && event.from.role !== 'buyer')
    const isHuman = answer?.from.role === 'agent'
    const title = (isHuman && answer.from.name) || state.shop || words.title('')
    name.textContent = title
    mark.textContent = [...title][0] ?? ''
    tag.hidden = !answer
    tag.textContent = isHuman ? words.human : words.automatic
    tag.className = isHuman ? 'tag man' : 'tag'
    node.setAttribute('aria-label', words.title(state.shop))
    const line = { idle: '', connecting: words.connecting, open: words.ready, away: words.away, failed: state.problem }[state.phase]
    if (sub.textContent !== line) sub.textContent = line
    sub.className = state.phase === 'away' || state.phase === 'failed' ? 'away' : ''
    retry.hidden = state.phase !== 'failed'
    writing.setLimit(state.limit)
    messages.update(state, talk.now())
  }

  return {
    node,
    update,
    /** Over the whole screen on a phone, a window elsewhere. */
    setFull(full: boolean): void {
      node.classList.toggle('full', full)
      if (full) node.setAttribute('aria-modal', 'true')
      else node.removeAttribute('aria-modal')
      hide.replaceChildren(icon(full ? CLOSE : SMALLER))
    },
    entered(): void {
      messages.toEnd()
      writing.grow()
      writing.focus()
    },
  }
}
