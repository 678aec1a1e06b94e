import type { components } from '@/api/schema'
import { http, take } from '@/kit/http'
import type { LogEvent } from '@/live/frames'

export type Bargain = components['schemas']['BargainView']
export type Approval = components['schemas']['ApprovalView']

/** What moves a talk about the price: messages, and what becomes of a request; the newest of them, 0 = none. */
export function lastMove(events: readonly LogEvent[]): number {
  return events.findLast((event) => event.kind === 'message' || event.kind.startsWith('approval_'))?.seq ?? 0
}

/** Where the talk about the price stands now. */
export async function readBargain(c: string): Promise<Bargain> {
  return take(http.GET('/api/v1/conversations/{conversation_id}/bargain', { params: { path: { conversation_id: c } } }))
}

export interface Wish {
  product: string
  pieces: number
  off: string
  reason: string
  told: number | null
}

/** Asks the supervisors for more than one may give. */
export async function askApproval(c: string, wish: Wish): Promise<Approval> {
  const params = { path: { conversation_id: c } }
  return take(http.POST('/api/v1/conversations/{conversation_id}/approvals', { params, body: wish }))
}

/** The last message of ours that names this amount or the price without it; null when there is none. */
export function toldIn(events: readonly LogEvent[], off: number, price: number): number | null {
  const amounts = [off, price - off].map((amount) => new RegExp(`(?<![\\d.])${String(amount).replace('.', '\\.')}(?![\\d])`))
  const found = events.findLast((event) => event.kind === 'message' && event.from.role === 'agent' && amounts.some((one) => one.test(event.text ?? '')))
  return found?.seq ?? null
}
