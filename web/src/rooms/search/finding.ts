import { reactive, ref, watch } from 'vue'

import type { components } from '@/api/schema'
import { serverNow } from '@/kit/clock'
import { http, Problem, take } from '@/kit/http'
import { sayProblem } from '@/kit/say'
import { dayEnd, dayStart, midnight } from '@/kit/zone'

export type Results = components['schemas']['SearchResults']
export type MessageHit = components['schemas']['MessageHitView']

/** So long a pause in typing asks the server. */
const PAUSE_MS = 250
const DAY = 86_400_000

export const KINDS = ['all', 'messages', 'buyers', 'orders', 'scripts'] as const
export type Kind = (typeof KINDS)[number]

const DAYS = { day: 1, week: 7, month: 30, quarter: 90, year: 365 }

/** How far back from tonight; `own` takes the two dates instead. */
export const SPANS = ['', 'day', 'week', 'month', 'quarter', 'year', 'own'] as const
export type Span = (typeof SPANS)[number]

/** What is looked for; empty means: does not matter. Dates as `2026-11-22`. */
export interface Wish {
  q: string
  kind: Kind
  shop: string
  agent: string
  channel: string
  tag: string
  rule: string
  span: Span
  from: string
  to: string
}

export const NOTHING: Wish = { q: '', kind: 'all', shop: '', agent: '', channel: '', tag: '', rule: '', span: '', from: '', to: '' }

const FILTERS = ['shop', 'agent', 'channel', 'tag', 'rule'] as const

/** How many conditions beside the words are set. */
export function conditions(wish: Wish): number {
  return FILTERS.filter((name) => wish[name]).length + (wish.span ? 1 : 0)
}

/** The wish as a page's address has it: only what was chosen. */
export function toQuery(wish: Wish): Record<string, string> {
  return Object.fromEntries(Object.entries(wish).filter(([name, value]) => value && !(name === 'kind' && value === 'all')))
}

/** The wish a page's address tells; what is not known there is left out. */
export function fromQuery(query: Record<string, unknown>): Wish {
  const told = Object.fromEntries(Object.keys(NOTHING).map((name) => [name, typeof query[name] === 'string' ? query[name] : '']))
  const kind = KINDS.find((one) => one === told.kind) ?? 'all'
  return { ...NOTHING, ...told, kind, span: SPANS.find((one) => one === told.span) ?? '' }
}

/** The beginning and end of the time looked at, in ms. */
export function times(wish: Wish, now: number): { from?: number; to?: number } {
  if (!wish.span) return {}
  if (wish.span !== 'own') {
    const tomorrow = midnight(now) + DAY
    return { from: tomorrow - DAYS[wish.span] * DAY, to: tomorrow }
  }
  const first = wish.from ? dayStart(wish.from) : undefined
  const last = wish.to ? dayEnd(wish.to) : undefined
  return { ...(first !== undefined && { from: first }), ...(last !== undefined && { to: last }) }
}

/** What was found for a wish; asks anew when it changes, keeps what is shown until the answer is here. */
export function useFinding(wish: Wish) {
  const state = reactive({ phase: 'idle' as 'idle' | 'loading' | 'error' | 'ready', problem: '', found: null as Results | null })
  const busy = ref(false)
  let asked = 0
  let pause: ReturnType<typeof setTimeout> | undefined

  function ask(cursor: string | null): Promise<Results> {
    const filters = Object.fromEntries(FILTERS.flatMap((name) => (wish[name] ? [[name, wish[name]]] : [])))
    const query = { q: wish.q.trim(), kind: wish.kind, ...filters, ...times(wish, serverNow()), ...(cursor && { cursor }) }
    return take(http.GET('/api/v1/search', { params: { query } })) as Promise<unknown> as Promise<Results>
  }

  async function reload(): Promise<void> {
    const mine = ++asked
    if (!wish.q.trim() && !conditions(wish)) {
      Object.assign(state, { phase: 'idle', found: null })
      return
    }
    if (!state.found) state.phase = 'loading'
    try {
      const found = await ask(null)
      if (mine === asked) Object.assign(state, { phase: 'ready', found })
    } catch (error) {
      if (mine === asked) Object.assign(state, { phase: 'error', problem: Problem.from(error).line, found: null })
    }
  }

  async function more(): Promise<void> {
    const before = state.found
    if (busy.value || !before?.next) return
    const mine = asked
    busy.value = true
    try {
      const page = await ask(before.next)
      if (mine === asked) state.found = { ...before, messages: [...before.messages, ...page.messages], next: page.next }
    } catch (error) {
      sayProblem(error)
    } finally {
      busy.value = false
    }
  }

  watch(
    () => ({ ...wish }),
    (now, before) => {
      clearTimeout(pause)
      if (before && now.q !== before.q) pause = setTimeout(() => void reload(), PAUSE_MS)
      else void reload()
    },
    { immediate: true },
  )
  return { state, busy, reload, more }
}
