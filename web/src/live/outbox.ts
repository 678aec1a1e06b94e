import { LONGEST_DELAY_MS } from './backoff'
import type { ClientFrame } from './frames'
import type { OutboxStorage, Pending, Timers } from './ports'

const FIRST_RETRY_MS = 2_000
const ANSWER_MS = 10_000
const LONGEST_ANSWER_MS = 60_000

/** Messages without an answer: kept until there is one, sent again with the same id on every new socket. */
export function createOutbox(storage: OutboxStorage, timers: Timers, transmit: (frame: ClientFrame) => boolean) {
  const waiting = new Map(storage.all().map((message) => [message.id, message]))
  const tries = new Map<string, number>()
  const alarms = new Map<string, () => void>()

  function silence(id: string): void {
    alarms.get(id)?.()
    alarms.delete(id)
  }

  /** Offers the message again after `first` ms, doubling with every try up to `longest`, unless it is answered before. */
  function again(message: Pending, first: number, longest: number): void {
    const tried = tries.get(message.id) ?? 0
    tries.set(message.id, tried + 1)
    silence(message.id)
    const delay = Math.min(first * 2 ** tried, longest)
    alarms.set(message.id, timers.after(delay, () => offer(message)))
  }

  function offer(message: Pending): void {
    const { id, c, text, confirm, attach, source, reason, advice } = message
    const more = { ...(attach && { attach }), ...(source && { source }), ...(reason && { reason }), ...(advice && { advice }) }
    if (transmit({ t: 'send', id, c, text, confirm, ...more })) again(message, ANSWER_MS, LONGEST_ANSWER_MS)
  }

  return {
    all: (): Pending[] => [...waiting.values()],

    get: (id: string): Pending | undefined => waiting.get(id),

    add(message: Pending): void {
      tries.delete(message.id)
      waiting.set(message.id, message)
      storage.put(message)
      offer(message)
    },

    /** Sends everything unanswered, oldest first. */
    resume(): void {
      tries.clear()
      for (const message of waiting.values()) offer(message)
    },

    /** The message that has now been answered, or undefined when it was not waiting here. */
    settle(id: string): Pending | undefined {
      const message = waiting.get(id)
      waiting.delete(id)
      storage.remove(id)
      tries.delete(id)
      silence(id)
      return message
    },

    /** The server could not store it just now: offers it again soon, less and less often. */
    retryLater(message: Pending): void {
      tries.set(message.id, Math.max((tries.get(message.id) ?? 1) - 1, 0))
      again(message, FIRST_RETRY_MS, LONGEST_DELAY_MS)
    },

    /** The line is gone: no more alarms; what waits stays waiting. */
    rest(): void {
      for (const id of [...alarms.keys()]) silence(id)
    },
  }
}
