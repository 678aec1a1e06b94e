import type { components } from '@/api/schema'
import { http, take } from '@/kit/http'
import type { Attach, LogEvent } from '@/live/frames'

export type Recommended = components['schemas']['RecommendationView']

/** What could be recommended to the buyer of this conversation now; it is noted that it was shown. */
export async function readRecommended(c: string): Promise<Recommended[]> {
  return (await take(http.POST('/api/v1/conversations/{conversation_id}/recommendations', { params: { path: { conversation_id: c } }, body: {} }))).items
}

/** Notes that the buyer does not want it, or takes that back. */
export async function setRefusal(c: string, id: string, refused: boolean): Promise<void> {
  const path = { conversation_id: c, recommendation_id: id }
  await take(http.POST('/api/v1/conversations/{conversation_id}/recommendations/{recommendation_id}/refusal', { params: { path }, body: { refused } }))
}

/** The card of these goods. */
export function cardOf(one: { product: string; sku: string }): Attach {
  return { kind: 'product', product: one.product, ...(one.sku && { sku: one.sku }) }
}

/** The number of the newest message people read: what is worth recommending may change with it. */
export function newestOf(events: readonly LogEvent[]): number {
  return events.findLast((event) => event.kind === 'message')?.seq ?? 0
}
