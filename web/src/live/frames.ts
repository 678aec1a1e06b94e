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
  /** The whole text with this one put right and the rest left as it was. */
  better?: string
}

export type Trap = 'buyer_privacy' | 'invoice' | 'compensation' | 'quality_inspection' | 'off_platform'

/** Bait in a buyer's message, with the safe thing to say. */
export interface Bait {
  rule: string
  trap: Trap
  start: number
  end: number
  why: string
  answer: string
}

export interface Party {
  role: Role
  id: string
  name: string
}

export type Step = 'browse' | 'cart' | 'settle' | 'pay' | 'receive' | 'rate'

/** What a message carries beside its words, as its sender names it. */
export type Attach =
  | { kind: 'image'; file: string }
  | { kind: 'product'; product: string; sku?: string }
  | { kind: 'order'; order: string }
  | { kind: 'step'; step: Step; large?: boolean }

/** The same as the server resolved it when the message was kept; amounts are decimal strings, sizes pixels and bytes. */
export type Attached =
  | { kind: 'image'; file: string; width: number; height: number; bytes: number; type: string }
  | { kind: 'product'; product: string; sku?: string; sku_name?: string; title: string; price: string; from?: boolean; url?: string; image?: string }
  | { kind: 'order'; order: string; state: string; title: string; amount: string; count: number }
  | { kind: 'step'; step: Step; large?: boolean; title: string; lines: string[] }

/** Why the assistant said something by itself; `sure` and `needed` in per cent. */
export interface Because {
  does: 'answer' | 'hand' | 'again'
  why: string
  sure?: number
  needed?: number
  intents?: { title: string; sure: number }[]
  source?: string
}

/** One row of a conversation's log, as far as this audience may see it; `at` in milliseconds. */
export interface LogEvent {
  seq: number
  at: number
  kind: string
  from: Party
  text?: string
  attach?: Attached
  id?: string
  hits?: Hit[]
  bait?: Bait[]
  because?: Because
  /** Said in another program, brought in from its export. */
  past?: boolean
  /** Why it was sent in spite of the remarks. */
  reason?: string
  erased?: boolean
  agent?: string | null
  name?: string
  stars?: number
  tags?: string[]
  offline?: boolean
  /** What an agent asks a supervisor for, and what they answer; amounts in yuan, `closes_at` in milliseconds. */
  request?: string
  goods?: string
  pieces?: number
  off?: string
  told?: number
  closes_at?: number
  verdict?: 'approved' | 'countered' | 'refused'
  /** What was handed to which department, and where it moved. */
  task?: string
  title?: string
  department?: string
  to?: TaskFrame['state']
}

export type Group = 'presale' | 'insale' | 'aftersale'

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
  group: Group | null
  /** The place in the shop's queue, from 1. */
  position: number | null
  tags: string[]
  asked_wait_at: number | null
  waived: boolean
  rating: number | null
  /** Left while nobody was on duty. */
  offline: boolean
  /** Since when the buyer has seemed unhappy. */
  alarmed_at: number | null
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
  /** The text with all remarks heeded; empty when there is none. */
  better?: string
  request?: string
}

/** The buyer's place while nobody serves them; `position` 0 when somebody does. `minutes` is the wait to expect. */
export interface QueueFrame {
  t: 'queue'
  position: number
  ahead: number
  minutes: number
}

/** Who answers the buyer now, and when people are back (`08:30`) while the shop is closed. */
export interface ServiceFrame {
  t: 'service'
  open: boolean
  opens_at: string | null
  agent: string | null
  by: 'person' | 'assistant' | 'nobody'
  minutes: number
}

/** How a colleague is at the desk; sent to staff whenever it changes. */
export interface Presence {
  account: string
  name: string
  status: 'online' | 'busy' | 'away' | 'off'
  line: string
  since: number
  open: number
  capacity: number
  groups: string[]
  online: boolean
  shops: string[]
}

export type PresenceFrame = { t: 'presence' } & Presence

/** A request for approval stands differently now; told to who asked and who may answer. */
export interface ApprovalFrame {
  t: 'approval'
  shop: string
  c: string
  id: string
  state: 'waiting' | 'approved' | 'countered' | 'refused' | 'expired'
  agent: string
}

/** A hand-over stands differently now; told to who asked, who has it, and once it is late to those who lead. */
export interface TaskFrame {
  t: 'task'
  shop: string
  c: string | null
  id: string
  state: 'open' | 'taken' | 'done' | 'returned' | 'dropped'
  late: boolean
  owner: string | null
  asker: string
}

/** What was promised in a conversation is known otherwise now; told to all staff of the shop, read over HTTP. */
export interface PromisesFrame {
  t: 'promises'
  shop: string
  c: string
}

export type ServerFrame =
  | Welcome
  | EventsFrame
  | Refusal
  | { t: 'reset'; c: string; seq: number; why: string }
  | { t: 'ack'; id: string; c: string; seq: number; at: number; again?: boolean }
  | { t: 'checked'; id: string; verdict: Verdict; hits: Hit[]; better?: string }
  | { t: 'read'; c: string; who: Side; seq: number }
  | { t: 'typing'; c: string; who: Side }
  | QueueFrame
  | ServiceFrame
  | PresenceFrame
  | ApprovalFrame
  | TaskFrame
  | PromisesFrame
  | { t: 'inbox'; conversations: ConversationRow[] }
  | { t: 'conv'; conversation: ConversationRow }
  | { t: 'hb'; at: number; heads: Record<string, number> }
  | { t: 'bye'; code: string; message: string }

/** The advice that lay before the agent, and the place of the reply taken from it (0 = none). */
export interface AdviceMark {
  id: string
  took: number
}

export type ClientFrame =
  | ({ t: 'hello' } & Hello)
  | { t: 'sub'; c: string; after: number }
  | { t: 'unsub'; c: string }
  | { t: 'send'; id: string; c: string; text: string; confirm: boolean; attach?: Attach; source?: string; reason?: string; advice?: AdviceMark }
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
