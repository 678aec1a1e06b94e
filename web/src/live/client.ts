/** The one client of docs/protocol.md, shared by the desk and the widget. */

import { delayBefore, LONGEST_DELAY_MS } from './backoff'
import { createFollowing } from './following'
import {
  type AdviceMark, type Attach, type ClientFrame, type ConversationRow, type Hello, type Hit, type LogEvent, parseFrame,
  type PresenceFrame, type QueueFrame, type Refusal, type ServerFrame, type ServiceFrame, type Side, type Verdict, type Welcome,
} from './frames'
import { newClientId } from './ids'
import { createOutbox } from './outbox'
import { type Dial, dialWebSocket, type Line, type OutboxStorage, type Pending, systemTimers, type Timers } from './ports'
import { createReadMarks } from './read-marks'
import { createServerClock } from './server-clock'

export const SILENCE_MS = 40_000
const GREETING_MS = 15_000
const TYPING_EVERY_MS = 3_000
const STABLE_MS = 5_000

/** `waiting` is between two attempts; `ended` needs a person or a new token before `start` makes sense again. */
export type Phase = 'stopped' | 'connecting' | 'open' | 'waiting' | 'ended'

export type Signal =
  | { t: 'phase'; phase: Phase }
  | { t: 'ended'; code: string; message: string }
  | Welcome
  | { t: 'events'; c: string; after: number; seq: number; events: LogEvent[] }
  | { t: 'reset'; c: string; seq: number; why: string }
  | { t: 'ack'; id: string; c: string; seq: number; at: number }
  | (Refusal & { sent?: Pending })
  | { t: 'checked'; id: string; verdict: Verdict; hits: Hit[]; better?: string }
  | { t: 'read'; c: string; who: Side; seq: number }
  | { t: 'typing'; c: string; who: Side }
  | QueueFrame
  | ServiceFrame
  | PresenceFrame
  | Extract<ServerFrame, { t: 'approval' | 'task' | 'promises' }>
  | { t: 'inbox'; conversations: ConversationRow[] }
  | { t: 'conv'; conversation: ConversationRow }

export interface LiveOptions {
  url: string
  /** Asked before every attempt; null says nobody is signed in, a rejection is tried again later. */
  hello: () => Promise<Hello | null>
  storage: OutboxStorage
  on: (signal: Signal) => void
  dial?: Dial
  timers?: Timers
}

/** How a message is sent; `id` repeats an earlier, refused one. */
interface Sending {
  id?: string
  confirm?: boolean
  attach?: Attach
  source?: string
  reason?: string
  advice?: AdviceMark
}

export type Live = ReturnType<typeof createLive>

export function createLive(options: LiveOptions) {
  const timers = options.timers ?? systemTimers
  const open = options.dial ?? dialWebSocket
  const clock = createServerClock(timers.now)
  const following = createFollowing(timers, transmit)
  const outbox = createOutbox(options.storage, timers, transmit)
  const marks = createReadMarks(transmit)
  const typedAt = new Map<string, number>()
  let phase: Phase = 'stopped'
  let line: Line | null = null
  let generation = 0
  let attempt = 0
  let welcome: Welcome | null = null
  let welcomedAt = 0
  let heardAt = 0
  let farewell: { code: string; message: string } | null = null
  let wantsInbox = false
  let cancelTimer = () => {}

  // The server takes a message only from a socket that follows its conversation.
  for (const message of outbox.all()) following.add(message.c, message.after)

  function transmit(frame: ClientFrame): boolean {
    if (phase !== 'open' || !line) return false
    line.send(JSON.stringify(frame))
    return true
  }

  function enter(next: Phase): void {
    phase = next
    options.on({ t: 'phase', phase })
  }

  function wait(ms: number, run: () => void): void {
    cancelTimer()
    cancelTimer = timers.after(ms, run)
  }

  function hangUp(): void {
    generation += 1
    cancelTimer()
    outbox.rest()
    line?.close()
    line = null
  }

  async function dial(): Promise<void> {
    hangUp()
    const mine = generation
    farewell = null
    welcome = null
    enter('connecting')
    wait(GREETING_MS, lost)
    let hello: Hello | null
    try {
      hello = await options.hello()
    } catch {
      if (mine === generation) lost()
      return
    }
    if (mine !== generation) return
    if (!hello) return end('not_signed_in', '')
    const greeting = JSON.stringify({ t: 'hello', ...hello })
    try {
      line = open(options.url, {
        opened: () => mine === generation && line?.send(greeting),
        received: (text) => mine === generation && receive(text),
        closed: (code) => mine === generation && closed(code),
      })
    } catch {
      lost()
    }
  }

  function lost(): void {
    closed(0)
  }

  function closed(code: number): void {
    const greeted = welcome !== null
    hangUp()
    if (code === 4001 || farewell?.code === 'not_signed_in') return end('not_signed_in', farewell?.message ?? '')
    if (code === 4003 || farewell?.code === 'signed_out') return end('signed_out', farewell?.message ?? '')
    if (greeted && timers.now() - welcomedAt >= STABLE_MS) attempt = 0
    if (greeted && attempt === 0 && (code === 1012 || farewell?.code === 'restart')) {
      attempt = 1
      return void dial()
    }
    const delay = code === 4009 ? LONGEST_DELAY_MS : delayBefore(attempt, timers.random())
    attempt += 1
    wait(delay, () => void dial())
    enter('waiting')
  }

  function end(code: string, message: string): void {
    hangUp()
    enter('ended')
    options.on({ t: 'ended', code, message })
  }

  function receive(text: unknown): void {
    heardAt = timers.now()
    wait(SILENCE_MS, lost)
    const frame = parseFrame(text)
    if (frame) handle(frame)
  }

  function handle(frame: ServerFrame): void {
    switch (frame.t) {
      case 'welcome':
        return greet(frame)
      case 'events': {
        const events = following.take(frame)
        if (events) options.on({ t: 'events', c: frame.c, after: frame.after, seq: frame.seq, events })
        return
      }
      case 'reset':
        if (following.restart(frame.c, frame.seq)) options.on(frame)
        return
      case 'ack':
        outbox.settle(frame.id)
        return options.on(frame)
      case 'refused':
        return refuse(frame)
      case 'read':
        marks.heard(frame.c, frame.who, frame.seq, welcome?.as)
        return options.on(frame)
      case 'hb':
        clock.heard(frame.at)
        return following.compare(frame.heads)
      case 'bye':
        farewell = frame
        return
      case 'checked':
      case 'typing':
      case 'queue':
      case 'presence':
      case 'service':
      case 'inbox':
      case 'conv':
      case 'approval':
      case 'task':
      case 'promises':
        return options.on(frame)
    }
  }

  function greet(frame: Welcome): void {
    welcome = frame
    welcomedAt = timers.now()
    clock.heard(frame.at)
    phase = 'open'
    options.on(frame)
    enter('open')
    if (wantsInbox) transmit({ t: 'inbox' })
    following.resume()
    outbox.resume()
    marks.resume()
  }

  function refuse(frame: Refusal): void {
    const message = outbox.get(frame.id)
    if (message && frame.code === 'unavailable') return outbox.retryLater(message)
    const sent = outbox.settle(frame.id)
    options.on(sent ? { ...frame, sent: sent } : frame)
  }

  return {
    start(): void {
      if (phase === 'stopped' || phase === 'ended') void dial()
    },

    stop(): void {
      hangUp()
      enter('stopped')
    },

    /** The machine woke up or the network came back: connects now, or finds out whether the line is still alive. */
    nudge(): void {
      if (phase === 'waiting') return void dial()
      if (phase === 'open' && timers.now() - heardAt > SILENCE_MS) lost()
    },

    phase: (): Phase => phase,

    /** The server's clock, in milliseconds. */
    now: clock.now,

    /** Follows a conversation from `after` on; 0 for a client that has nothing. */
    follow: following.add,
    /** Stops following, except where an unanswered message still needs the conversation. */
    unfollow(c: string): void {
      if (!outbox.all().some((message) => message.c === c)) following.remove(c)
    },
    follows: following.has,

    inbox(): void {
      wantsInbox = true
      transmit({ t: 'inbox' })
    },

    /** Sends a message and keeps it until it is answered. */
    send(c: string, text: string, { id = newClientId(), confirm = false, attach, source, reason, advice }: Sending = {}): string {
      following.add(c, 0)
      outbox.add({ id, c, text, ...(attach && { attach }), ...(source && { source }), ...(reason && { reason }), ...(advice && { advice }), confirm, at: timers.now(), after: following.seq(c) })
      return id
    },

    /** Messages without an answer, oldest first. */
    unanswered: outbox.all,

    /** Asks for the guard's opinion; the id of the question, or null while there is no line. */
    check(c: string, text: string): string | null {
      const id = newClientId()
      return transmit({ t: 'check', id, c, text }) ? id : null
    },

    read: marks.mark,

    typing(c: string): void {
      const last = typedAt.get(c)
      if (last !== undefined && timers.now() - last < TYPING_EVERY_MS) return
      if (transmit({ t: 'typing', c })) typedAt.set(c, timers.now())
    },
  }
}
