import type { components } from '@/api/schema'
import { http, take } from '@/kit/http'

import type { Placed } from './ordering'
import type { Order } from './orders'

export const FLAGS = ['', 'red', 'yellow', 'green', 'blue', 'purple'] as const
export type Flag = (typeof FLAGS)[number]

/** Roles that may change orders. */
export const WRITERS = ['agent', 'supervisor', 'operations', 'owner']

/** The buyer's message by which they agreed. */
export interface Word {
  conversation: string
  seq: number
}

/** What may be changed in the order's present state. */
export function changesOf(order: Order): Record<'price' | 'receiver' | 'close' | 'sku' | 'collect' | 'difference', boolean> {
  const unpaid = order.state === 'unpaid' && Number(order.paid) === 0
  const isGoods = order.origin !== 'freight'
  const unsent = isGoods && (order.state === 'unpaid' || order.state === 'paid')
  const sent = order.state === 'paid' || order.state === 'shipped'
  return {
    price: unpaid,
    receiver: unsent,
    close: unpaid,
    sku: unsent && order.items.length > 0,
    collect: unpaid && isGoods && !order.freight_collect,
    difference: sent && isGoods && order.refund === 'none' && !order.freight_collect,
  }
}

const path = (order: Pick<Order, 'id'>) => ({ params: { path: { order_id: order.id } } })

/** `order` as it was looked at: a remark somebody else wrote meanwhile is not written over. */
export function putRemark(order: Pick<Order, 'id' | 'changed_at'>, remark: string, flag: Flag): Promise<Order> {
  return take(http.PUT('/api/v1/orders/{order_id}/remark', { ...path(order), body: { seen: order.changed_at, remark, flag } }))
}

export function putPrice(order: Order, goods: string, freight: string): Promise<Order> {
  return take(http.PUT('/api/v1/orders/{order_id}/price', { ...path(order), body: { seen: order.changed_at, goods, freight } }))
}

export function putReceiver(order: Order, address: string, word: Word): Promise<Order> {
  return take(http.PUT('/api/v1/orders/{order_id}/receiver', { ...path(order), body: { seen: order.changed_at, address, word } }))
}

export function closeOrder(order: Order, reason: string, word: Word): Promise<Order> {
  return take(http.POST('/api/v1/orders/{order_id}/close', { ...path(order), body: { seen: order.changed_at, reason, word } }))
}

export async function closeReasons(): Promise<string[]> {
  return (await take(http.GET('/api/v1/orders/close-reasons'))).items
}

/** A line of the order and the SKU it shall be; empty while none that can be had is picked. */
export interface Chosen {
  line: number
  sku: string
}

/** The other choices of this line's goods, and what the order would cost with each. */
export function otherSkus(order: Order, line: number): Promise<components['schemas']['ChoiceList']> {
  return take(http.GET('/api/v1/orders/{order_id}/skus', { params: { path: { order_id: order.id }, query: { line } } }))
}

export function putSku(order: Order, line: number, sku: string, word: Word): Promise<Order> {
  return take(http.PUT('/api/v1/orders/{order_id}/sku', { ...path(order), body: { seen: order.changed_at, line, sku, word } }))
}

/** The courier collects the freight from the buyer. */
export function putCollect(order: Order, word: Word): Promise<Order> {
  return take(http.PUT('/api/v1/orders/{order_id}/collect', { ...path(order), body: { seen: order.changed_at, collect: true, freight: '', word } }))
}

export function chargeFreight(order: Order, amount: string): Promise<Placed> {
  return take(http.POST('/api/v1/orders/{order_id}/difference', { ...path(order), body: { seen: order.changed_at, amount } }))
}
