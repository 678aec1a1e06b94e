import tokens from '../src/kit/tokens.css?inline'
import { el, icon } from './dom'
import { browserArea, createKeeping } from './keeping'
import { keyOf, readSubject } from './offer'
import { createPanel } from './panel'
import { watchScreen } from './screen'
import { createShop, type Identity } from './shop'
import styles from './styles.css?inline'
import { createTalk, type Talk } from './talk'
import { createViewer } from './viewer'
import { speak, words } from './words'

const CHAT = 'M4 5h16v11H9l-5 4z'
const CROSS = 'M7 7l10 10M17 7L7 17'

export interface Settings {
  /** The server's address without a trailing slash. */
  server: string
  channel: string
  identity: Identity | null
  /** The shop's mark on the round button; an icon without one. */
  mark: string
  /** A sentence beside the round button, shown once to a new visitor. */
  greeting: string
  /** `zh-CN`, `en`, …; the page's own language when left out. */
  language?: string
}

function sheet(): CSSStyleSheet {
  const made = new CSSStyleSheet()
  const own = tokens.replaceAll(/html\[data-theme=['"]?dark['"]?\]:root/g, '.chat.dark').replaceAll('html:root', ':host')
  made.replaceSync(own + styles)
  return made
}

/**
 * `<jinpai-chat>`: a round button that opens the shop's chat window. The page may change its attributes at any time:
 * `data-theme` (light, dark, auto), `data-offset` (how far above the lower edge, in pixels), and what the buyer looks
 * at: `data-product`, `data-sku`, `data-title`, `data-price`, `data-image`, or `data-order`.
 */
export class JinpaiChat extends HTMLElement {
  static observedAttributes = ['data-theme', 'data-offset', 'data-product', 'data-sku', 'data-order', 'data-title', 'data-price', 'data-image']
  settings: Settings | null = null
  #undo: (() => void)[] = []
  #refresh: () => void = () => {}

  connectedCallback(): void {
    if (!this.settings || this.shadowRoot) return
    const language = speak(this.settings.language || document.documentElement.lang)
    const root = this.attachShadow({ mode: 'open' })
    root.adoptedStyleSheets = [sheet()]
    this.#build(root, this.settings, language)
  }

  disconnectedCallback(): void {
    for (const undo of this.#undo.splice(0)) undo()
  }

  attributeChangedCallback(): void {
    this.#refresh()
  }

  #listen(target: EventTarget, event: string, run: () => void): void {
    target.addEventListener(event, run)
    this.#undo.push(() => target.removeEventListener(event, run))
  }

  #build(root: ShadowRoot, settings: Settings, language: string): void {
    const area = browserArea()
    const keeping = createKeeping(area, `jinpai.${settings.server}.${settings.channel}.`)
    const shop = createShop(settings.server, settings.channel, settings.identity, area)
    const talk: Talk = createTalk(shop, area, update)
    const badge = el('i')
    const fab = el('button', { type: 'button', class: 'fab', 'aria-haspopup': 'dialog', onclick: open }, settings.mark || icon(CHAT), badge)
    const hello = el('div', { class: 'hello' })
    const viewer = createViewer(talk.album.find)
    const panel = createPanel(talk, {
      close,
      enlarge: (file, label) => void viewer.open(file, label),
      draft: keeping.get('draft'),
      keepDraft: (text) => keeping.set('draft', text),
      size: Number(keeping.get('size')) || 0,
      keepSize: (size) => keeping.set('size', size ? String(size) : ''),
      settleSubject(subject) {
        keeping.set('subject', keyOf(subject))
        offer()
      },
    })
    panel.node.hidden = hello.hidden = true
    const chat = el('div', { class: 'chat', lang: language }, hello, fab, panel.node, viewer.node)
    root.append(chat)

    const night = window.matchMedia('(prefers-color-scheme: dark)')
    const screen = watchScreen({ node: panel.node, setFull: panel.setFull, isOpen: () => !panel.node.hidden })
    this.#listen(night, 'change', dress.bind(null, this))
    this.#listen(window, 'online', talk.nudge)
    this.#listen(document, 'visibilitychange', () => document.visibilityState === 'visible' && (talk.nudge(), look()))
    this.#undo.push(screen.stop, talk.stop)
    this.#refresh = () => {
      dress(this)
      offer()
    }
    const page = this.dataset
    this.#refresh()
    update()
    if (shop.isKnown()) void talk.start()
    else if (settings.greeting && !keeping.get('greeted')) greet()

    function dress(host: HTMLElement): void {
      const { theme, offset } = host.dataset
      chat.classList.toggle('dark', theme === 'dark' || (theme === 'auto' && night.matches))
      const above = Number(offset)
      if (above > 0) chat.style.setProperty('--jinpai-bottom', `${above}px`)
      else chat.style.removeProperty('--jinpai-bottom')
    }

    /** What the page shows, unless the buyer already told the shop or did not want to. */
    function offer(): void {
      const subject = readSubject(page)
      panel.offer(subject && keyOf(subject) !== keeping.get('subject') ? subject : null)
    }

    function greet(): void {
      const line = el('button', { type: 'button', class: 'say', onclick: open }, settings.greeting)
      const dismiss = () => (hello.hidden = true)
      const button = el('button', { type: 'button', class: 'x', 'aria-label': words.dismiss, onclick: dismiss }, icon(CROSS))
      hello.replaceChildren(line, button)
      hello.hidden = false
      keeping.set('greeted', '1')
    }

    function open(): void {
      hello.hidden = fab.hidden = true
      panel.node.hidden = false
      screen.fit()
      void talk.start()
      panel.entered()
      look()
    }

    function close(): void {
      panel.node.hidden = true
      fab.hidden = false
      screen.fit()
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
