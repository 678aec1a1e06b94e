import type { AdviceMark, Attach } from './frames'

/** What the live client needs from the world around it; a browser, a test or another program supplies it. */

/** An open line to the server; after `close` it reports nothing more. */
export interface Line {
  send(text: string): void
  close(): void
}

export interface LineEvents {
  opened(): void
  received(text: unknown): void
  closed(code: number): void
}

export type Dial = (url: string, events: LineEvents) => Line

/** A message that was sent and not answered yet; `after` is the seq its writer had of the conversation. */
export interface Pending {
  id: string
  c: string
  text: string
  attach?: Attach
  /** The script its words come from. */
  source?: string
  /** Why it is sent in spite of a warning. */
  reason?: string
  /** The advice that lay before its writer. */
  advice?: AdviceMark
  confirm: boolean
  at: number
  after: number
}

/** Keeps unanswered messages across reloads, each under its own id so that two windows never overwrite each other. */
export interface OutboxStorage {
  all(): Pending[]
  put(message: Pending): void
  remove(id: string): void
}

export interface Timers {
  now(): number
  after(ms: number, run: () => void): () => void
  random(): number
}

export const systemTimers: Timers = {
  now: () => Date.now(),
  after(ms, run) {
    const id = setTimeout(run, ms)
    return () => clearTimeout(id)
  },
  random: () => Math.random(),
}

/** Dials with the platform's WebSocket. */
export const dialWebSocket: Dial = (url, events) => {
  const socket = new WebSocket(url)
  socket.onopen = () => events.opened()
  socket.onmessage = (message) => events.received(message.data)
  socket.onclose = (close) => events.closed(close.code)
  return {
    send: (text) => socket.send(text),
    close() {
      socket.onopen = socket.onmessage = socket.onclose = null
      socket.close()
    },
  }
}

/** An outbox that forgets on reload. */
export function memoryOutbox(): OutboxStorage {
  const kept = new Map<string, Pending>()
  return {
    all: () => [...kept.values()],
    put: (message) => void kept.set(message.id, message),
    remove: (id) => void kept.delete(id),
  }
}

/** An outbox in a Web Storage area under `prefix`; a full or forbidden storage degrades to memory. */
export function storedOutbox(area: Storage | null, prefix: string): OutboxStorage {
  const memory = memoryOutbox()
  return {
    all() {
      const found = new Map(memory.all().map((message) => [message.id, message]))
      for (const key of area ? Object.keys(area) : []) {
        if (!key.startsWith(prefix)) continue
        const message = parsePending(area?.getItem(key))
        if (message) found.set(message.id, message)
      }
      return [...found.values()].sort((a, b) => a.at - b.at)
    },
    put(message) {
      memory.put(message)
      try {
        area?.setItem(prefix + message.id, JSON.stringify(message))
      } catch {
        // The copy in memory still goes out; only a reload would lose it.
      }
    },
    remove(id) {
      memory.remove(id)
      area?.removeItem(prefix + id)
    },
  }
}

function parsePending(text: string | null | undefined): Pending | null {
  try {
    const value = JSON.parse(text ?? '') as Partial<Pending>
    if (typeof value.id !== 'string' || typeof value.c !== 'string' || typeof value.text !== 'string') return null
    const [at, after] = [Number(value.at) || 0, Number(value.after) || 0]
    const kept = { id: value.id, c: value.c, text: value.text, confirm: value.confirm === true, at, after }
    return value.attach ? { ...kept, attach: value.attach } : kept
  } catch {
    return null
  }
}
