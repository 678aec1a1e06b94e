import type { components } from '@/api/schema'
import { http, take } from '@/kit/http'

export type Care = components['schemas']['CareView']
export type Outcome = components['schemas']['CareOutcome']['outcome']

export const TABS = ['open', 'planned', 'sent', 'ended'] as const
export type Tab = (typeof TABS)[number]
export const OUTCOMES: readonly Outcome[] = ['answered', 'bought', 'no_answer', 'opted_out']

/** Characters of a short message with the shop's name and how to have no more, which the server adds where they are missing. */
export const SMS_LENGTH = 300

const params = (id: string) => ({ path: { care_id: id } })

export const sendCare = (id: string, text: string | null) => take(http.POST('/api/v1/care/{care_id}/send', { params: params(id), body: { text } }))
export const textCare = (id: string, text: string | null) => take(http.POST('/api/v1/care/{care_id}/sms', { params: params(id), body: { text } }))
export const noteCall = (id: string, outcome: Outcome) => take(http.POST('/api/v1/care/{care_id}/call', { params: params(id), body: { outcome } }))
export const noteOutcome = (id: string, outcome: Outcome) => take(http.POST('/api/v1/care/{care_id}/outcome', { params: params(id), body: { outcome } }))
export const skipCare = (id: string, why: string) => take(http.POST('/api/v1/care/{care_id}/skip', { params: params(id), body: { why } }))
