import type { components } from '@/api/schema'
import { http, take } from '@/kit/http'

export type ModelState = components['schemas']['ModelView']
export type ModelForm = components['schemas']['ModelForm']
export type ModelCall = components['schemas']['CallView']
export type CallPage = components['schemas']['CallPage']

/** What a model may be used for, and what else its calls are made for. */
export const USES = ['phrase_reply', 'summary'] as const
export const PURPOSES = [...USES, 'try'] as const
export type Purpose = (typeof PURPOSES)[number]

const FEN = 100
const MICRO = 1_000_000

export const readModel = (shop: string) => take(http.GET('/api/v1/copilot/model', { params: { query: { shop } } }))
export const setModel = (body: ModelForm) => take(http.PUT('/api/v1/copilot/model', { body }))
export const dropModel = (shop: string) => take(http.DELETE('/api/v1/copilot/model', { params: { query: { shop } } }))
export const tryModel = (shop: string) => take(http.POST('/api/v1/copilot/model/try', { body: { shop } }))

/** What a form begins with: what the shop has set, else what the operator has, without a key. */
export function formOf(shop: string, state: ModelState): ModelForm {
  const { url, model, is_near, uses, daily_tokens, monthly_tokens, limit_ms, price_read, price_written } = state
  const isOwn = state.source === 'own'
  return {
    shop, url, model, is_near, daily_tokens, monthly_tokens, limit_ms, price_read, price_written,
    uses: uses as ModelForm['uses'], is_on: isOwn ? state.is_on : true,
  }
}

export const yuanOf = (fen: number): number => fen / FEN
export const fenOf = (yuan: number | undefined): number => Math.round((yuan ?? 0) * FEN)

/** What calls cost, in yuan: small amounts to a hundredth of a fen. */
export function costOf(micro: number): string {
  const yuan = micro / MICRO
  return `¥${yuan.toFixed(yuan && yuan < 1 ? 4 : 2)}`
}

/** The word for why a call came to nothing: those of the guard and of the facts are told as they are. */
export function reasonOf(call: Pick<ModelCall, 'outcome' | 'why'>): string {
  if (call.outcome === 'failed') {
    const status = /^http_(\d)(\d\d)$/.exec(call.why)
    if (!status) return call.why
    if (status[1] === '5') return 'http_5xx'
    return ['http_400', 'http_401', 'http_403', 'http_404', 'http_429'].includes(call.why) ? call.why : 'http_other'
  }
  return ''
}
