import tokens from '../src/kit/tokens.css?inline'
import { el, icon } from './dom'
import { createPanel } from './panel'
import { createShop, type Identity } from './shop'
import styles from './styles.css?inline'
import { createTalk, type Talk } from './talk'
import { words } from './words'

const CHAT = 'M4 5h16v11H9l-5 4z'
/** On narrower screens the window covers the page. */
const PHONE = 480

export interface Settings {
  /** The server's address without a trailing slash. */
  server: string
  channel: string
  identity: Identity | null
  /** The shop's mark on the round button; an icon without one. */
  mark: string
  /** A sentence beside the round button, shown once to a new visitor. */
  greeting: string
}

function sheet(): CSSStyleSheet {
  const made = new CSSStyleSheet()
  const own = tokens.replaceAll(/html\[data-theme=['"]?dark['"]?\]:root/g, ':host([data-theme="dark"])').replaceAll('html:root', ':host')
  made.replaceSync(own + styles)
  return made
}

function storage(): Storage | null {
  try {
    return window.localStorage
  } catch {
    return null
  }
}

/** `<jinpai-chat>`: a round button that opens the shop's chat window. */
export class JinpaiChat extends HTMLElement {
  settings: Settings | null = null
  #undo: (() => void)[] = []

  connectedCallback(): void {
    if (!this.settings || this.shadowRoot) return
    const root = this.attachShadow({ mode: 'open' })
    root.adoptedStyleSheets = [sheet()]
    this.#build(root, this.settings)
  }

  disconnectedCallback(): void {
    for (const undo of this.#undo.splice(0)) undo()
  }

  #build(root: ShadowRoot, settings: Settings): void {
    const area = storage()
    const key = (name: string) => `jinpai.${name}.${settings.server}.${settings.channel}`
    const keep = (name: string, value: string) => {
      try {
        if (value) area?.setItem(key(name), value)
        else area?.removeItem(key(name))
      } catch {
        // A full storage costs only convenience here.
      }
    }
    const shop = createShop(settings.server, settings.channel, settings.identity, area)
    const talk: Talk = createTalk(shop, area, update)
    const badge = el('i')
    const fab = el('button', { type: 'button', class: 'fab', onclick: open }, settings.mark || icon(CHAT), badge)
    const hello = el('div', { class: 'hello' })
    const panel = createPanel(talk, {
      close,
      draft: area?.getItem(key('draft')) ?? '',
      keepDraft: (text) => keep('draft', text),
      large: area?.getItem(key('large')) === '1',
      keepLarge: (large) => keep('large', large ? '1' : ''),
    })
    panel.node.hidden = true
    hello.hidden = true
    root.append(el('div', { class: 'chat', lang: 'zh-CN' }, hello, fab, panel.node))

    const phone = window.matchMedia(`(max-width: ${PHONE}px)`)
    const fit = () => panel.setFull(phone.matches)
    const awake = () => document.visibilityState === 'visible' && (talk.nudge(), look())
    phone.addEventListener('change', fit)
    window.addEventListener('online', talk.nudge)
    document.addEventListener('visibilitychange', awake)
    this.#undo.push(
      () => phone.removeEventListener('change', fit),
      () => window.removeEventListener('online', talk.nudge),
      () => document.removeEventListener('visibilitychange', awake),
      talk.stop,
    )
    fit()
    update()
    if (shop.isKnown()) void talk.start()
    else if (settings.greeting && !area?.getItem(key('greeted'))) greet()

    function greet(): void {
      const line = el('button', { type: 'button', class: 'say', onclick: open }, settings.greeting)
      const dismiss = () => (hello.hidden = true)
      const button = el('button', { type: 'button', class: 'x', 'aria-label': words.dismiss, onclick: dismiss }, icon('M7 7l10 10M17 7L7 17'))
      hello.replaceChildren(line, button)
      hello.hidden = false
      keep('greeted', '1')
    }

    function open(): void {
      hello.hidden = true
      fab.hidden = true
      panel.node.hidden = false
      void talk.start()
      panel.entered()
      look()
    }

    function close(): void {
      panel.node.hidden = true
      fab.hidden = false
      fab.focus()
      update()
    }

    /** What stands in the open window counts as read. */
    function look(): void {
      if (!panel.node.hidden && document.visibilityState === 'visible') talk.seen()
    }

    function update(): void {
      panel.update(talk.state)
      look()
      const unread = panel.node.hidden ? talk.unread() : 0
      badge.hidden = !unread
      badge.textContent = unread > 99 ? '99+' : String(unread)
      fab.setAttribute('aria-label', unread ? words.openUnread(unread) : words.open)
    }
  }
}
