import type { components } from '@/api/schema'
import { http, take } from '@/kit/http'

export type Portrait = components['schemas']['PortraitView']
export type TypeGuess = components['schemas']['TypeView']
export type Fact = components['schemas']['FactView']
export type Evidence = components['schemas']['EvidenceView']
export type Verdict = 'accepted' | 'struck' | 'open'

type Kind = components['schemas']['JudgementBody']['kind']

/** Who may write into a customer's profile. */
export const WRITERS: readonly string[] = ['agent', 'supervisor', 'operations', 'owner']

/** Says that something of the profile is so, is not so, or is open again; answers with the portrait as it now stands. */
export function judge(buyer: string, kind: Kind, value: string, verdict: Verdict, evidence?: Evidence | null): Promise<Portrait> {
  const source = evidence?.conversation && evidence.seq ? { conversation: evidence.conversation, seq: evidence.seq } : {}
  const body = { kind, value, verdict, ...source }
  return take(http.POST('/api/v1/customers/{buyer_id}/facts', { params: { path: { buyer_id: buyer } }, body }))
}

/** Writes the note on a customer, or that they want no reminders. */
export const write = (buyer: string, body: { quiet?: boolean; note?: string }): Promise<components['schemas']['CustomerWords']> =>
  take(http.PUT('/api/v1/customers/{buyer_id}', { params: { path: { buyer_id: buyer } }, body }))

/** How sure a guess is, as a word. */
export function sureness(guess: TypeGuess): 'sure' | 'likely' | 'maybe' | 'perhaps' {
  if (guess.accepted) return 'sure'
  if (guess.confidence >= 0.75) return 'likely'
  return guess.confidence >= 0.6 ? 'maybe' : 'perhaps'
}
