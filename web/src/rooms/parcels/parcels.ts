import type { components } from '@/api/schema'
import { http, take } from '@/kit/http'

export type Parcel = components['schemas']['ParcelView']
export type Trace = components['schemas']['TraceView']
export type State = Trace['state']

/** In the order a parcel goes through them. */
export const STATES: readonly State[] = ['accepted', 'moving', 'delivering', 'delivered', 'stuck', 'refused', 'returned', 'lost']

/** How a state is marked: what goes wrong stands out, what has arrived is done. */
export function markOf(state: State | null): string {
  if (state === null || state === 'accepted') return ''
  if (state === 'moving' || state === 'delivering') return 'gold'
  if (state === 'delivered') return 'done'
  return state === 'stuck' || state === 'returned' ? 'wait' : 'late'
}

const path = (order: string) => ({ params: { path: { order_id: order } } })

export const readParcels = async (order: string): Promise<Parcel[]> => (await take(http.GET('/api/v1/orders/{order_id}/parcels', path(order)))).items

export async function addTrace(order: string, body: components['schemas']['TraceForm']): Promise<Parcel[]> {
  return (await take(http.POST('/api/v1/orders/{order_id}/traces', { ...path(order), body }))).items
}
