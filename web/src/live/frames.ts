/** The frames of docs/protocol.md, as TypeScript sees them. */

export type Role = 'buyer' | 'agent' | 'assistant' | 'system'
export type Side = 'buyer' | 'agent'
export type Severity = 'block' | 'confirm' | 'warn' | 'hint'
export type Verdict = Severity | 'pass'

/** One remark of the guard; `start` and `end` count Unicode code points. */
export interface Hit {
  rule: string
  family: string
  severity: Severity
  start: number
  end: number
  text: string
  why: string
  rewrite: string
  points: number
}

export interface Party {
  role: Role
  id: string
  name: string
}

/** One row of a conversation's log, as far as this audience may see it; `at` in milliseconds. */
export interface LogEvent {
  seq: number
  at: number
  kind: string
  from: Party
  text?: string
  id?: string
  hits?: Hit[]
  erased?: boolean
  agent?: string | null
  name?: string
}

/** A row of the agent's list. */
export interface ConversationRow {
  id: string
  shop: string
  channel: string
  status: 'new' | 'open' | 'closed'
  agent: string | null
  agent_name: string | null
  buyer: { id: string; name: string }
  seq: number
  last: { at: number; from: Role; text: string } | null
  waiting_since: number | null
  unread: number
}

export type Hello = { as: 'buyer'; token: string } | { as: 'agent'; csrf: string }

export interface Welcome {
  t: 'welcome'
  as: Side
  me: { id: string; name: string; role?: string; shops?: string[] }
  c?: string
  shop?: { id: string; name: string }
  at: number
  limits: { text: number }
}

export interface EventsFrame {
  t: 'events'
  c: string
  after: number
  seq: number
  events: LogEvent[]
}

export interface Refusal {
  t: 'refused'
  id: string
  c?: string
  code: string
  message: string
  verdict?: Verdict
  hits?: Hit[]
  request?: string
}

export type ServerFrame =
  | Welcome
  | EventsFrame
  | Refusal
  | { t: 'reset'; c: string; seq: number; why: string }
  | { t: 'ack'; id: string; c: string; seq: number; at: number; again?: boolean }
  | { t: 'checked'; id: string; verdict: Verdict; hits: Hit[] }
  | { t: 'read'; c: string; who: Side; seq: number }
  | { t: 'typing'; c: string; who: Side }
  | { t: 'inbox'; conversations: ConversationRow[] }
  | { t: 'conv'; conversation: ConversationRow }
  | { t: 'hb'; at: number; heads: Record<string, number> }
  | { t: 'bye'; code: string; message: string }

export type ClientFrame =
  | ({ t: 'hello' } & Hello)
  | { t: 'sub'; c: string; after: number }
  | { t: 'unsub'; c: string }
  | { t: 'send'; id: string; c: string; text: string; confirm: boolean }
  | { t: 'check'; id: string; c: string; text: string }
  | { t: 'read'; c: string; seq: number }
  | { t: 'typing'; c: string }
  | { t: 'inbox' }

/** The frame in `text`, or null when it is not one. */
export function parseFrame(text: unknown): ServerFrame | null {
  if (typeof text !== 'string') return null
  try {
    const frame: unknown = JSON.parse(text)
    if (typeof frame === 'object' && frame !== null && 't' in frame) return frame as ServerFrame
  } catch {
    return null
  }
  return null
}
