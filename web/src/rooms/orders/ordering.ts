import { reactive, ref, watch } from 'vue'

import type { components } from '@/api/schema'
import { useDeed } from '@/kit/deed'
import { http, Problem, take } from '@/kit/http'

import type { Order } from './orders'

export type Basket = components['schemas']['BasketView']
export type Placed = components['schemas']['PlacedOrder']

/** So long a pause in filling in asks what it comes to. */
const PAUSE_MS = 400

/** Whose order it shall be: the buyer of a conversation, or a customer. */
export type Owner = { conversation: string } | { customer: string }

/** What the buyer wants, as it is filled in. */
export interface Wish {
  lines: Map<string, { name: string; pieces: number }>
  address: string
  goods: string
  freight: string
  note: string
  /** Empty: the one the shop would choose. */
  courier: string
  /** The buyer knows that there are too few and waits. */
  waits: boolean
}

function bodyOf(owner: Owner, wish: Wish) {
  const lines = Object.fromEntries([...wish.lines].map(([sku, { pieces }]) => [sku, pieces]))
  const { address, courier, goods, freight, note } = wish
  return { ...owner, lines, address, courier, goods: goods.trim(), freight: freight.trim(), note }
}

/** An order that is being written for a buyer; what it comes to follows what is filled in. */
export function useOrdering(owner: () => Owner | null) {
  const wish = reactive<Wish>({ lines: new Map(), address: '', goods: '', freight: '', note: '', courier: '', waits: false })
  const told = reactive<{ basket: Basket | null; problem: string }>({ basket: null, problem: '' })
  /** Those that go to the last place that was understood; a courier chosen before may not. */
  const couriers = ref<string[]>([])
  const { busy, problem, run } = useDeed()
  let key = ''
  let asked = 0
  let pause: ReturnType<typeof setTimeout> | undefined

  async function price(): Promise<void> {
    const whose = owner()
    const turn = ++asked
    Object.assign(told, { basket: null, problem: '' })
    if (!whose || !wish.lines.size || !wish.address.trim()) return
    try {
      const basket = await take(http.POST('/api/v1/orders/price', { body: bodyOf(whose, wish) }))
      if (turn !== asked) return
      told.basket = basket
      couriers.value = [...basket.couriers].sort()
    } catch (error) {
      if (turn === asked) told.problem = Problem.from(error).line
    }
  }

  /** Writes it; sent twice with the same key it is one order. */
  async function place(): Promise<Placed | null> {
    const whose = owner()
    let placed: Placed | null = null
    if (whose) await run(async () => void (placed = await take(http.POST('/api/v1/orders', { body: { ...bodyOf(whose, wish), key, waits: wish.waits } }))))
    return placed
  }

  function clear(): void {
    key = crypto.randomUUID()
    wish.lines.clear()
    Object.assign(wish, { address: '', goods: '', freight: '', note: '', courier: '', waits: false })
    problem.value = ''
    void price()
  }

  watch(() => [...wish.lines].map(([sku, { pieces }]) => `${sku} ${pieces}`).join(), () => (wish.waits = false))
  watch([() => wish, owner], () => {
    clearTimeout(pause)
    pause = setTimeout(() => void price(), PAUSE_MS)
  }, { deep: true })

  return { wish, told, couriers, busy, problem, place, clear }
}

/** What to tell the buyer of an unpaid order. */
export async function paymentWords(order: Pick<Order, 'id'>): Promise<string> {
  return (await take(http.GET('/api/v1/orders/{order_id}/payment', { params: { path: { order_id: order.id } } }))).text
}
