import type { Attach } from '../src/live/frames'
import { shot } from './cards'
import { el, icon } from './dom'
import { words } from './words'

const CLOSE = 'M7 7l10 10M17 7L7 17'

/** What the shop's page shows: the product the buyer looks at, or their order. */
export interface Subject {
  attach: Extract<Attach, { kind: 'product' | 'order' }>
  title: string
  price: string
  image: string
}

/** The page's subject from the attributes of the script or the element; null when it names none. */
export function readSubject({ product, sku, order, title, price, image }: DOMStringMap): Subject | null {
  const seen = { title: title || document.title, price: price ?? '', image: image ?? '' }
  if (order) return { attach: { kind: 'order', order }, ...seen, title: title || words.orderTail(order) }
  return product ? { attach: { kind: 'product', product, ...(sku && { sku }) }, ...seen } : null
}

export const keyOf = ({ attach }: Subject): string => JSON.stringify(attach)

/** Offers to tell the shop with one tap what the buyer is looking at. */
export function createOffer(deeds: { send(subject: Subject): void; dismiss(subject: Subject): void }) {
  const node = el('div', { class: 'offer' })
  node.hidden = true

  return {
    node,
    show(subject: Subject | null): void {
      node.hidden = !subject
      if (!subject) return node.replaceChildren()
      const { attach, title, price, image } = subject
      const facts = el('div', { class: 'facts' }, el('span', { class: 'lead' }, words.onThisPage), el('b', {}, title))
      if (price) facts.append(el('span', { class: 'price' }, `¥${price}`))
      const label = attach.kind === 'order' ? words.offerOrder : words.offerProduct
      const send = el('button', { type: 'button', class: 'tell', onclick: () => deeds.send(subject) }, label)
      const drop = el('button', { type: 'button', class: 'x', 'aria-label': words.notThis, onclick: () => deeds.dismiss(subject) }, icon(CLOSE))
      node.replaceChildren(shot(image || undefined), facts, send, drop)
    },
  }
}
