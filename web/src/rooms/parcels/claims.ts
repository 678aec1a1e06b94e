import type { components } from '@/api/schema'
import { http, take } from '@/kit/http'

export type Claim = components['schemas']['ClaimView']
export type ClaimPage = components['schemas']['ClaimPage']
export type State = Claim['state']

const MOVES: Record<State, readonly State[]> = {
  opened: ['sent', 'dropped'],
  sent: ['accepted', 'refused', 'dropped'],
  accepted: ['paid'],
  refused: ['sent', 'dropped'],
  paid: [],
  dropped: [],
}

/** Moves that need a line, or an amount, before they are made. */
export const ASKS: readonly State[] = ['accepted', 'refused', 'dropped']

/** What may follow, the likeliest first. */
export const movesOf = (claim: Claim): readonly State[] => MOVES[claim.state]

export function markOf(claim: Claim): string {
  if (claim.late) return 'late'
  return { opened: 'wait', sent: 'gold', accepted: 'gold', refused: 'wait', paid: 'done', dropped: '' }[claim.state]
}

const path = (order: string) => ({ params: { path: { order_id: order } } })

export const readClaims = async (order: string): Promise<Claim[]> => (await take(http.GET('/api/v1/orders/{order_id}/claims', path(order)))).items

export async function openClaim(order: string, body: components['schemas']['ClaimForm']): Promise<Claim[]> {
  return (await take(http.POST('/api/v1/orders/{order_id}/claims', { ...path(order), body }))).items
}

export async function moveClaim(claim: Claim, to: State, words: string, granted: string | null): Promise<Claim[]> {
  const params = { path: { order_id: claim.order_id, claim_id: claim.id } }
  return (await take(http.POST('/api/v1/orders/{order_id}/claims/{claim_id}/move', { params, body: { to, words, granted } }))).items
}
