import type { components } from '@/api/schema'
import { http, take } from '@/kit/http'
import type { LogEvent } from '@/live/frames'

export type Advice = components['schemas']['AdviceView']
export type Suggestion = Advice['suggestions'][number]

/** How the buyer's newest words are known that nobody has answered: their number in the log, 0 when none wait. */
export function openWords(events: readonly LogEvent[]): number {
  for (let at = events.length - 1; at >= 0; at--) {
    const event = events[at]!
    if (event.kind === 'closed') return 0
    if (event.kind !== 'message') continue
    if (event.from.role === 'buyer') return event.seq
    if (event.from.role === 'agent') return 0
  }
  return 0
}

/** What could be said to the buyer of this conversation now. */
export async function readAdvice(c: string): Promise<Advice> {
  return take(http.GET('/api/v1/conversations/{conversation_id}/advice', { params: { path: { conversation_id: c } } }))
}

/** One more reply to the buyer, phrased by a language model; null where there is none. */
export async function readPhrased(c: string): Promise<Suggestion | null> {
  return (await take(http.GET('/api/v1/conversations/{conversation_id}/advice/phrased', { params: { path: { conversation_id: c } } }))).suggestion
}

/** Where the digit keys above the letters stand, whatever is printed on them. */
export function digitOf(code: string): number {
  const found = /^(?:Digit|Numpad)([1-4])$/.exec(code)
  return found ? Number(found[1]) : 0
}
