import type { Attached } from '../src/live/frames'
import { el, icon } from './dom'
import { words } from './words'

const BAG = 'M6 8h12l1 12H5zM9 8V6.5a3 3 0 0 1 6 0V8'
const SHEET = 'M6 4h12v16H6zM9 9h6M9 13h6'

type Of<K extends Attached['kind']> = Extract<Attached, { kind: K }>

/** A product, an order or a step as people read them; null for a kind this window does not know. */
export function drawCard(attach: Attached): HTMLElement | null {
  switch (attach.kind) {
    case 'product':
      return product(attach)
    case 'order':
      return order(attach)
    case 'step':
      return step(attach)
    default:
      return null
  }
}

/** What a card says in one line, for places that show no cards. */
export function cardWords(attach: Attached): string {
  return 'title' in attach ? attach.title : words.picture
}

function product(attach: Of<'product'>): HTMLElement {
  const address = safeAddress(attach.url)
  const facts = el('div', { class: 'facts' }, el('b', {}, attach.title), el('span', { class: 'price' }, `¥${attach.price}`))
  const card = el('div', { class: 'card' }, shot(attach.image, BAG), facts)
  if (address) card.append(el('p', { class: 'go' }, el('a', { href: address, target: '_blank', rel: 'noopener' }, words.seeProduct)))
  return card
}

function order(attach: Of<'order'>): HTMLElement {
  const state = words.orderStates[attach.state] ?? attach.state
  const facts = el(
    'div',
    { class: 'facts' },
    el('b', {}, attach.title),
    el('span', { class: 'price' }, `${words.pieces(attach.count)} · ${words.paid} ¥${attach.amount}`),
  )
  const foot = el('p', { class: 'go' }, el('span', {}, words.orderTail(attach.order)), el('span', { class: 'tag' }, state))
  return el('div', { class: 'card' }, shot(undefined, SHEET), facts, foot)
}

function step(attach: Of<'step'>): HTMLElement {
  const lines = attach.lines.map((line) => el('li', {}, line))
  return el('div', { class: `card steps${attach.large ? ' large' : ''}` }, el('b', {}, attach.title), el('ol', {}, ...lines))
}

/** The picture of a product; a drawing where there is none. */
export function shot(image: string | undefined, drawing = BAG): HTMLElement {
  const address = safeAddress(image)
  return el('div', { class: 'shot' }, address ? el('img', { src: address, alt: '', loading: 'lazy' }) : icon(drawing))
}

/** An address a page may open or show; undefined for anything else (`javascript:` and the like). */
export function safeAddress(text: string | undefined): string | undefined {
  if (!text) return undefined
  try {
    const { protocol, href } = new URL(text, document.baseURI)
    return protocol === 'https:' || protocol === 'http:' ? href : undefined
  } catch {
    return undefined
  }
}
