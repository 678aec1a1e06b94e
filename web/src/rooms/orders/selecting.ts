import { computed, reactive, type Ref } from 'vue'

import type { Order } from './orders'

/** Which orders of a list are chosen, by mouse or keyboard; with Shift everything up to the one chosen last. */
export function useSelecting(items: Ref<Order[]>) {
  const chosen = reactive(new Set<string>())
  let last = ''

  const orders = computed(() => items.value.filter((order) => chosen.has(order.id)))
  const isAll = computed(() => items.value.length > 0 && orders.value.length === items.value.length)

  function toggle(id: string, isRange: boolean): void {
    const on = !chosen.has(id)
    const places = [items.value.findIndex((one) => one.id === id), items.value.findIndex((one) => one.id === last)].sort((a, b) => a - b)
    const meant = isRange && places[0]! >= 0 ? items.value.slice(places[0], places[1]! + 1).map((one) => one.id) : [id]
    for (const one of meant) chosen[on ? 'add' : 'delete'](one)
    last = id
  }

  function toggleAll(): void {
    const all = isAll.value
    chosen.clear()
    if (!all) for (const order of items.value) chosen.add(order.id)
  }

  return { chosen, orders, isAll, toggle, toggleAll, clear: () => chosen.clear() }
}
