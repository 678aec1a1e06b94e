import type { ClientFrame, EventsFrame, LogEvent } from './frames'
import type { Timers } from './ports'

const ASK_AGAIN_MS = 5_000

interface Followed {
  seq: number
  asked: { seq: number; at: number } | null
}

/** Which conversations this client follows and up to which seq it has each: the whole rule for consistency. */
export function createFollowing(timers: Timers, transmit: (frame: ClientFrame) => boolean) {
  const followed = new Map<string, Followed>()

  function ask(c: string, entry: Followed, insist: boolean): void {
    const asked = entry.asked
    if (!insist && asked && asked.seq === entry.seq && timers.now() - asked.at < ASK_AGAIN_MS) return
    if (transmit({ t: 'sub', c, after: entry.seq })) entry.asked = { seq: entry.seq, at: timers.now() }
  }

  return {
    add(c: string, after: number): void {
      if (followed.has(c)) return
      const entry: Followed = { seq: after, asked: null }
      followed.set(c, entry)
      ask(c, entry, true)
    },

    remove(c: string): void {
      if (followed.delete(c)) transmit({ t: 'unsub', c })
    },

    /** The last seq this client has of the conversation; 0 when it has nothing. */
    seq: (c: string): number => followed.get(c)?.seq ?? 0,

    has: (c: string): boolean => followed.has(c),

    /** Asks for everything missed; the first thing to do on a new socket. */
    resume(): void {
      for (const [c, entry] of followed) ask(c, entry, true)
    },

    /** The events to append, or null when the frame is a repetition or showed that something was lost. */
    take(frame: EventsFrame): LogEvent[] | null {
      const entry = followed.get(frame.c)
      if (!entry) return null
      if (frame.after === entry.seq) {
        entry.seq = Math.max(entry.seq, frame.seq)
        entry.asked = null
        return frame.events
      }
      if (frame.seq > entry.seq) ask(frame.c, entry, false)
      return null
    },

    /** Whether the conversation is followed and now starts anew at `seq`. */
    restart(c: string, seq: number): boolean {
      const entry = followed.get(c)
      if (!entry) return false
      entry.seq = seq
      entry.asked = null
      return true
    },

    /** Heals a lost hint: asks wherever the server is further than this client. */
    compare(heads: Record<string, number>): void {
      for (const [c, head] of Object.entries(heads)) {
        const entry = followed.get(c)
        if (entry && head > entry.seq) ask(c, entry, true)
      }
    },
  }
}
