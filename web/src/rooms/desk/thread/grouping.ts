import { midnight } from '@/kit/zone'
import type { LogEvent } from '@/live/frames'

/** A pause this long gets a time of its own, in milliseconds. */
const PAUSE_MS = 5 * 60_000

export interface Item {
  event: LogEvent
  /** Whether a time stands above it. */
  timed: boolean
  /** Whether it begins a run of messages by the same person. */
  first: boolean
}

/** Events as a page shows them: with times where it was quiet or a day changed, and runs of one person together. */
export function arrange(events: readonly LogEvent[]): Item[] {
  let before: LogEvent | undefined
  return events.map((event) => {
    const timed = !before || event.at - before.at > PAUSE_MS || midnight(event.at) !== midnight(before.at)
    const sameHand = before?.kind === event.kind && before.from.role === event.from.role && before.from.id === event.from.id
    before = event
    return { event, timed, first: timed || !sameHand }
  })
}
