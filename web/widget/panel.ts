import { picturesOf } from './choosing'
import { el } from './dom'
import { createHeader } from './header'
import { createMessages } from './messages'
import { createOffer, type Subject } from './offer'
import type { Talk, TalkState } from './talk'
import { words } from './words'
import { createWriting } from './writing'

const SIZES = ['', 'big', 'huge']

export interface PanelHooks {
  close(): void
  enlarge(file: string, label: string): void
  draft: string
  keepDraft(text: string): void
  /** 0 standard, 1 large, 2 extra large. */
  size: number
  keepSize(size: number): void
  /** The buyer told the shop what they look at, or does not want to. */
  settleSubject(subject: Subject): void
}

/** The open chat window. */
export function createPanel(talk: Talk, hooks: PanelHooks) {
  const header = createHeader({ close: hooks.close, retry: () => void talk.start(), resize: setSize })
  const messages = createMessages({
    album: talk.album,
    enlarge: hooks.enlarge,
    older: () => void talk.older(),
    uploadAgain: talk.uploads.again,
    uploadDrop: talk.uploads.drop,
    rate: talk.rate,
    again(id) {
      const failed = talk.takeFailed(id)
      if (failed) talk.send(failed.text, failed)
    },
    edit(id) {
      const failed = talk.takeFailed(id)
      if (failed?.text) writing.putBack(failed.text)
    },
  })
  const offer = createOffer({
    send(subject) {
      talk.send('', { attach: subject.attach })
      hooks.settleSubject(subject)
      messages.toEnd()
      writing.focus()
    },
    dismiss: hooks.settleSubject,
  })
  const writing = createWriting(hooks.draft, {
    send(text) {
      talk.send(text)
      messages.toEnd()
    },
    pictures(files) {
      talk.uploads.add(files)
      messages.toEnd()
    },
    orders: talk.orders,
    sendOrder(order) {
      talk.send('', { attach: { kind: 'order', order } })
      messages.toEnd()
    },
    typing: () => talk.typing(),
    keep: hooks.keepDraft,
  })
  const node = el(
    'section',
    { class: 'w', role: 'dialog', tabindex: '-1', onkeydown: onKey as (event: never) => void, ondragover: onDrag as (event: never) => void, ondrop: onDrop as (event: never) => void },
    header.node,
    messages.node,
    offer.node,
    writing.node,
  )
  header.setSize(hooks.size)
  setSize(hooks.size)

  function setSize(size: number): void {
    for (const [place, name] of SIZES.entries()) if (name) node.classList.toggle(name, place === size)
    hooks.keepSize(size)
    writing.grow()
    messages.toEnd()
  }

  function onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.preventDefault()
      if (!writing.fold()) hooks.close()
    }
    if (event.key === 'Tab' && node.classList.contains('full')) trap(event)
  }

  function onDrag(event: DragEvent): void {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
  }

  function onDrop(event: DragEvent): void {
    const files = picturesOf(event.dataTransfer)
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    writing.takePictures(files)
  }

  /** Keeps the focus inside while the window covers the page. */
  function trap(event: KeyboardEvent): void {
    const stops = [...node.querySelectorAll<HTMLElement>('a[href], button, textarea, [tabindex="0"]')].filter(
      (stop) => stop.offsetParent !== null && stop.tabIndex >= 0 && !(stop as HTMLButtonElement).disabled,
    )
    const here = (node.getRootNode() as ShadowRoot).activeElement
    const [first, last] = [stops[0], stops.at(-1)]
    if (event.shiftKey ? here === first || here === node : here === last) {
      event.preventDefault()
      ;(event.shiftKey ? last : first)?.focus()
    }
  }

  function update(state: TalkState): void {
    node.setAttribute('aria-label', words.title(state.shop))
    header.update(state)
    writing.setLimit(state.limit)
    writing.setKnown(state.known)
    writing.setLeaving(state.service?.by === 'nobody')
    messages.update(state, talk.now())
  }

  return {
    node,
    update,
    offer: offer.show,
    /** Over the whole screen on a phone, a window elsewhere. */
    setFull(full: boolean): void {
      node.classList.toggle('full', full)
      if (full) node.setAttribute('aria-modal', 'true')
      else node.removeAttribute('aria-modal')
      header.setFull(full)
    },
    entered(): void {
      messages.toEnd()
      writing.grow()
      // On a phone the keyboard comes up when the buyer wants to write, not before they have read.
      if (node.classList.contains('full')) node.focus()
      else writing.focus()
    },
  }
}
