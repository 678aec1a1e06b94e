import { ref } from 'vue'

import type { components } from '@/api/schema'
import { browserStorage, readJson, writeJson } from '@/kit/storage'

export type Queue = components['schemas']['DispatchQueue']
export type Packing = components['schemas']['PackingView']
export type Step = components['schemas']['PackingStepView']

export const VIEWS = ['due', 'untold', 'late', 'later', 'held'] as const
export type View = (typeof VIEWS)[number]

/** Roles that may mark orders as sent by their waybills. */
export const SENDERS = ['supervisor', 'operations', 'owner']

const KEY = 'jinpai.packing'

/** Whether an order belongs to this view: what must leave today holds what is late, too. */
export function isIn(view: View, one: Packing): boolean {
  if (view === 'due') return one.standing === 'late' || one.standing === 'today'
  return view === 'untold' ? one.promises.length > 0 : one.standing === view
}

/** How many orders each view holds. */
export function countViews(queue: Queue): Record<View, number> {
  const count = (view: View) => queue.items.filter((one) => isIn(view, one)).length
  return Object.fromEntries(VIEWS.map((view) => [view, count(view)])) as Record<View, number>
}

/** The line a step has in somebody's memory: what it says, so that a changed remark is packed anew. */
const lineOf = (one: Packing, step: Step) => `${one.order.id} ${step.source} ${step.text}`

/** What has been put into its parcel already, kept on this machine until the parcel leaves. */
export function useTicks() {
  const known = readJson(browserStorage(), KEY)
  const ticks = ref(new Set(Array.isArray(known) ? known.filter((line): line is string => typeof line === 'string') : []))
  const keep = () => writeJson(browserStorage(), KEY, [...ticks.value])

  function toggle(one: Packing, step: Step): void {
    const line = lineOf(one, step)
    if (!ticks.value.delete(line)) ticks.value.add(line)
    keep()
  }

  /** Forgets what is no longer to be packed, among the orders that would be in this queue. */
  function forget(before: readonly Packing[], after: readonly Packing[]): void {
    const still = new Set(after.map((one) => one.order.id))
    const left = before.filter((one) => !still.has(one.order.id))
    for (const one of left) for (const step of one.steps) ticks.value.delete(lineOf(one, step))
    keep()
  }

  const has = (one: Packing, step: Step) => ticks.value.has(lineOf(one, step))
  const isPacked = (one: Packing) => one.promises.length === 0 && one.steps.length > 0 && one.steps.every((step) => has(one, step))
  return { toggle, forget, has, isPacked }
}
