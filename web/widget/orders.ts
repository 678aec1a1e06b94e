import { el, icon } from './dom'
import type { OwnOrder } from './shop'
import { words } from './words'

const SHEET = 'M6 4h12v16H6zM9 9h6M9 13h6'

/** The button that shows a known buyer's own orders, to tell the shop with one tap which one it is about. */
export function createOrders(deeds: { load(): Promise<OwnOrder[]>; send(order: string): void; opened(): void }) {
  const list = el('div', { class: 'orders', role: 'group', 'aria-label': words.myOrders, 'aria-live': 'polite' })
  const button = el('button', { type: 'button', class: 'tool', 'aria-label': words.myOrders, 'aria-expanded': 'false', onclick: press }, icon(SHEET))
  list.hidden = button.hidden = true

  function press(): void {
    const isOpen = list.hidden
    if (isOpen) deeds.opened()
    show(isOpen)
    if (isOpen) void fill()
  }

  async function fill(): Promise<void> {
    say(words.loading)
    try {
      const orders = await deeds.load()
      if (orders.length) list.replaceChildren(...orders.map(row))
      else say(words.noOrders)
    } catch {
      say(words.ordersFailed)
    }
    list.querySelector('button')?.focus()
  }

  const say = (line: string) => list.replaceChildren(el('p', {}, line))

  function row(order: OwnOrder): HTMLElement {
    const state = el('span', { class: 'tag' }, words.orderStates[order.state] ?? order.state)
    const facts = el('span', { class: 'price' }, `${words.pieces(order.count)} · ¥${order.amount} · ${words.orderTail(order.number)}`)
    return el('button', { type: 'button', onclick: () => choose(order.number) }, el('b', {}, order.title), state, facts)
  }

  function choose(number: string): void {
    show(false)
    deeds.send(number)
  }

  function show(isOpen: boolean): void {
    list.hidden = !isOpen
    button.setAttribute('aria-expanded', String(isOpen))
  }

  return { button, list, close: () => show(false), setKnown: (isKnown: boolean) => void (button.hidden = !isKnown) }
}
