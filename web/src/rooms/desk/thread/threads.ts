import { defineStore } from 'pinia'
import { reactive } from 'vue'

import { http, take } from '@/kit/http'
import type { Live, Signal } from '@/live/client'
import type { LogEvent, Side } from '@/live/frames'

/** How many events a conversation starts with when it is opened. */
const FRESH = 200
const PAGE = 100
/** Conversations kept up to date at once; the one not looked at for longest goes first. */
const KEPT = 40
const TYPING_MS = 5_000

export interface Thread {
  c: string
  events: LogEvent[]
  /** Nothing at or before this seq has been loaded; 0 when the beginning is here. */
  floor: number
  phase: 'loading' | 'ready' | 'missing'
  problem: string
  older: 'idle' | 'loading' | 'error'
  read: Record<Side, number>
  typingUntil: number
}

/** The conversations open at this desk, with their events in the order of the log. */
export const useThreads = defineStore('threads', () => {
  const threads = reactive(new Map<string, Thread>())
  let live: Live | null = null

  function attach(line: Live): void {
    threads.clear()
    live = line
  }

  function ensure(c: string, floor: number): Thread {
    if (!threads.has(c)) {
      const read = { buyer: 0, agent: 0 }
      threads.set(c, { c, events: [], floor, phase: 'loading', problem: '', older: 'idle', read, typingUntil: 0 })
    }
    return threads.get(c)!
  }

  /** Follows a conversation whose log has reached `head`. */
  function open(c: string, head: number): void {
    const known = threads.get(c)
    if (known && known.phase !== 'missing') {
      threads.delete(c)
      threads.set(c, known)
      return
    }
    threads.delete(c)
    live?.unfollow(c)
    const floor = Math.max(0, head - FRESH)
    ensure(c, floor)
    live?.follow(c, floor)
    for (const old of threads.keys()) {
      if (threads.size <= KEPT) break
      threads.delete(old)
      live?.unfollow(old)
    }
  }

  function on(signal: Signal): void {
    switch (signal.t) {
      case 'events': {
        const thread = ensure(signal.c, signal.after)
        thread.events.push(...signal.events)
        thread.phase = 'ready'
        if (signal.events.some((event) => event.from.role === 'buyer')) thread.typingUntil = 0
        return
      }
      case 'reset': {
        const thread = ensure(signal.c, signal.seq)
        thread.events = []
        thread.floor = signal.seq
        return
      }
      case 'read': {
        const thread = threads.get(signal.c)
        if (thread) thread.read[signal.who] = Math.max(thread.read[signal.who], signal.seq)
        return
      }
      case 'typing': {
        const thread = threads.get(signal.c)
        if (thread && signal.who === 'buyer' && live) thread.typingUntil = live.now() + TYPING_MS
        return
      }
      case 'refused': {
        const thread = signal.c && !signal.id ? threads.get(signal.c) : undefined
        if (thread?.phase === 'loading') {
          thread.phase = 'missing'
          thread.problem = signal.message
        }
      }
    }
  }

  /** Loads the page before the oldest event here. */
  async function loadOlder(c: string): Promise<void> {
    const thread = threads.get(c)
    if (!thread || thread.older === 'loading' || thread.floor === 0) return
    thread.older = 'loading'
    const floor = thread.floor
    try {
      const params = { path: { conversation_id: c }, query: { before: floor + 1, limit: PAGE } }
      const answer = await take(http.GET('/api/v1/conversations/{conversation_id}/events', { params }))
      if (thread.floor !== floor) return
      thread.events.unshift(...(answer.events as unknown as LogEvent[]))
      thread.floor = Math.max(0, answer.first - 1)
      thread.older = 'idle'
    } catch {
      thread.older = 'error'
    }
  }

  return { threads, attach, open, on, loadOlder }
})
