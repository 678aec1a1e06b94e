import type { components } from '@/api/schema'
import { words } from '@/kit/i18n'
import { say, sayProblem } from '@/kit/say'

export type Order = components['schemas']['OrderView']
export type State = Order['state']
export type Kin = components['schemas']['KinView']

/** In the order a trade goes through them. */
export const STATES: readonly State[] = ['unpaid', 'paid', 'shipped', 'delivered', 'completed', 'closed']

/** Roles that may bring orders in from a file. */
export const IMPORTERS = ['supervisor', 'operations', 'owner']

/** Roles that may see whom an order goes to in full. */
export const REVEALERS = ['agent', 'supervisor', 'operations', 'owner']

/** How a state is marked: what waits for us stands out, what is over steps back. */
export function markOf(state: State): string {
  return { unpaid: 'wait', paid: 'gold', shipped: 'done', delivered: 'done', completed: '', closed: '' }[state]
}

/** What the order is about, in one line. */
export function goodsOf(order: Order): string {
  return order.title || words('orders.noTitle')
}

export async function copyNumber(order: Order): Promise<void> {
  try {
    await navigator.clipboard.writeText(order.number)
    say(words('orders.copied'))
  } catch {
    sayProblem(new Error(words('orders.copyFailed')))
  }
}
