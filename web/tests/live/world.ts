import { createLive, type LiveOptions, type Signal } from '../../src/live/client'
import type { ClientFrame, Hello, LogEvent, ServerFrame } from '../../src/live/frames'
import { type Dial, type LineEvents, memoryOutbox, type Timers } from '../../src/live/ports'

/** Time that moves only when the test says so. */
export function createClock() {
  let now = 1_000_000
  let due: { at: number; run: () => void }[] = []
  const timers: Timers = {
    now: () => now,
    after(ms, run) {
      const entry = { at: now + ms, run }
      due.push(entry)
      return () => void (due = due.filter((other) => other !== entry))
    },
    random: () => 0.5,
  }
  return {
    timers,
    async pass(ms: number) {
      const until = now + ms
      for (;;) {
        await settle()
        const next = due.filter((entry) => entry.at <= until).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        due = due.filter((entry) => entry !== next)
        now = next.at
        next.run()
      }
      now = until
      await settle()
    },
  }
}

export async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await Promise.resolve()
}

/** One socket as the server sees it. */
export interface FakeLine {
  sent: ClientFrame[]
  closed: boolean
  /** The client's handlers, to open the line, say something or close it. */
  events: LineEvents
  say(frame: ServerFrame): void
}

export function createWorld(overrides: Partial<LiveOptions> = {}) {
  const clock = createClock()
  const lines: FakeLine[] = []
  const signals: Signal[] = []
  const hello: Hello = { as: 'agent', csrf: 'token' }
  const dial: Dial = (_url, events) => {
    const line: FakeLine = { sent: [], closed: false, events, say: (frame) => events.received(JSON.stringify(frame)) }
    lines.push(line)
    return {
      send: (text) => void line.sent.push(JSON.parse(text) as ClientFrame),
      close: () => void (line.closed = true),
    }
  }
  const live = createLive({
    url: 'ws://shop/ws',
    hello: async () => hello,
    storage: memoryOutbox(),
    timers: clock.timers,
    dial,
    on: (signal) => signals.push(signal),
    ...overrides,
  })

  return {
    live,
    clock,
    lines,
    signals,
    line: () => lines[lines.length - 1]!,
    /** Lets the newest line open and be greeted. */
    async greet() {
      await settle()
      const line = lines[lines.length - 1]!
      line.events.opened()
      line.say(welcome(clock.timers.now()))
      return line
    },
    sent<T extends ClientFrame['t']>(type: T, line = lines[lines.length - 1]!) {
      return line.sent.filter((frame): frame is Extract<ClientFrame, { t: T }> => frame.t === type)
    },
    heard<T extends Signal['t']>(type: T) {
      return signals.filter((signal): signal is Extract<Signal, { t: T }> => signal.t === type)
    },
    /** The seqs shown so far, as a list on a page would have them. */
    shown(c: string): number[] {
      let seqs: number[] = []
      for (const signal of signals) {
        if (signal.t === 'reset' && signal.c === c) seqs = []
        if (signal.t === 'events' && signal.c === c) seqs.push(...signal.events.map((event) => event.seq))
      }
      return seqs
    },
  }
}

export function welcome(at: number): ServerFrame {
  return { t: 'welcome', as: 'agent', me: { id: 'a_1', name: '小林', role: 'agent', shops: ['demo'] }, at, limits: { text: 5000 } }
}

export function event(seq: number, text = `第 ${seq} 句`): LogEvent {
  return { seq, at: seq, kind: 'message', from: { role: 'buyer', id: 'b_1', name: '访客' }, text, id: `client-${seq}` }
}

export function events(c: string, after: number, ...seqs: number[]): ServerFrame {
  return { t: 'events', c, after, seq: seqs[seqs.length - 1] ?? after, events: seqs.map((seq) => event(seq)) }
}
