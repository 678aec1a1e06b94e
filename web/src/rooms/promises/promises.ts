import type { components } from '@/api/schema'
import { http, take } from '@/kit/http'
import { type Flag, putRemark } from '@/rooms/orders/deeds'

export type Pledge = components['schemas']['PromiseView']
export type Ending = 'open' | 'kept' | 'broken' | 'void'

/** Says how a promise ended; answers with the promise as it now stands. */
export const settle = (one: Pledge, state: Ending, why = ''): Promise<Pledge> =>
  take(http.POST('/api/v1/promises/{promise_id}/settle', { params: { path: { promise_id: one.id } }, body: { state, why } }))

/** Writes the promise behind what the order's remark says already; answers with the promise as the packers now know it. */
export async function note(one: Pledge): Promise<Pledge> {
  if (!one.order) return one
  const remark = [one.order.remark, one.propose].filter(Boolean).join('；')
  const { changed_at } = await putRemark(one.order, remark, one.order.flag as Flag)
  return { ...one, order: { ...one.order, remark, changed_at, check: 'noted' } }
}
