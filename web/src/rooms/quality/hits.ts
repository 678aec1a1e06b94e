import { watch } from 'vue'

import type { components } from '@/api/schema'
import { http, take } from '@/kit/http'
import { usePaging } from '@/kit/paging'
import { between } from '@/kit/zone'

export type HitView = components['schemas']['HitView']
export type State = HitView['state']

export const STATES: readonly State[] = ['open', 'appealed', 'agreed', 'overturned']

/** The families of rules, in the order of the trade's list. */
export const FAMILIES = [
  'negative', 'absolute', 'cold', 'self_centred', 'evasive', 'vague', 'harsh', 'blame', 'arguing', 'interrogating', 'commanding', 'boasting',
  'fault_finding', 'criticising', 'jargon', 'typo', 'humour', 'over_talking', 'disparaging', 'leak', 'off_platform', 'invoice', 'free_shipping',
  'payment_way', 'buyer_privacy', 'closing', 'authority', 'bribery', 'false_claim', 'abuse', 'timing', 'monologue', 'repeat_question',
  'stage_missed', 'promise_unremarked',
] as const

export type Family = (typeof FAMILIES)[number]

export interface Wish {
  shop: string
  agent: string
  family: Family | ''
  state: State | ''
  /** Days as `2026-11-22`, empty for open. */
  from: string
  to: string
}

/** The remarks that fit a wish; asks anew when the wish changes. */
export function useHits(wish: Wish) {
  const paging = usePaging((cursor: string | null) => {
    const query = {
      ...(wish.shop && { shop: wish.shop }),
      ...(wish.agent && { agent: wish.agent }),
      ...(wish.family && { family: wish.family }),
      ...(wish.state && { state: wish.state }),
      ...between(wish.from, wish.to),
      ...(cursor && { cursor }),
    }
    return take(http.GET('/api/v1/hits', { params: { query } }))
  })
  watch(wish, () => void paging.load.reload())
  return paging
}
