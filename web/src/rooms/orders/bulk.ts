import type { components } from '@/api/schema'
import { download } from '@/kit/download'
import { http, take } from '@/kit/http'

import type { Flag } from './deeds'
import type { Order } from './orders'

export type Left = components['schemas']['LeftOrder']

const asSeen = (orders: readonly Order[]) => orders.map((order) => ({ id: order.id, seen: order.changed_at }))

/** Flags these orders (null: flags stay) and adds to their remarks; what could not be done comes back with its reason. */
export function markOrders(orders: readonly Order[], flag: Flag | null, words: string) {
  return take(http.POST('/api/v1/orders/marks', { body: { orders: asSeen(orders), flag, words } }))
}

export function mergeOrders(orders: readonly Order[]) {
  return take(http.POST('/api/v1/orders/merge', { body: { orders: asSeen(orders) } }))
}

export function splitOrder(order: Order, takes: { line: number; pieces: number }[]) {
  return take(http.POST('/api/v1/orders/{order_id}/split', { params: { path: { order_id: order.id } }, body: { seen: order.changed_at, takes } }))
}

export async function exportChosen(orders: readonly Order[]): Promise<void> {
  const asked = http.POST('/api/v1/orders/export', { body: { ids: orders.map((order) => order.id) }, parseAs: 'blob' })
  download((await take(asked)) as Blob, 'orders.xlsx')
}

/** Whether these could leave as one parcel, as far as a masked list can tell; the server has the last word. */
export function mayMerge(orders: readonly Order[]): boolean {
  const [first] = orders
  if (!first || orders.length < 2) return false
  const goesTo = (order: Order) => [order.shop, order.state, order.receiver, order.phone, order.address, order.buyer ?? order.buyer_name].join('\n')
  return orders.every((order) => isUnsent(order) && order.origin !== 'freight' && Boolean(order.address) && goesTo(order) === goesTo(first))
}

export function maySplit(order: Order): boolean {
  const pieces = order.items.reduce((sum, item) => sum + item.quantity, 0)
  const isOurs = order.state === 'paid' || order.origin === 'placed' || order.origin === 'split'
  return isUnsent(order) && isOurs && pieces > 1
}

function isUnsent(order: Order): boolean {
  return (order.state === 'unpaid' || order.state === 'paid') && order.refund === 'none' && !order.parcels.some((parcel) => parcel.number)
}
