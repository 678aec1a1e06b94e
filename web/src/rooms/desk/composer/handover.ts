import type { components } from '@/api/schema'
import { http, take } from '@/kit/http'
import type { LogEvent } from '@/live/frames'

export type Summary = components['schemas']['SummaryView']
export type Point = Summary['points'][number]

/** The number of the row with which the buyer changed hands last, while nobody has spoken since; 0 where that is not so. */
export function changedHands(events: readonly LogEvent[]): number {
  for (let at = events.length - 1; at >= 0; at--) {
    const event = events[at]!
    if (event.kind === 'closed' || (event.kind === 'message' && event.from.role === 'agent')) return 0
    if ((event.kind === 'assigned' && event.agent) || (event.kind === 'note' && event.from.role === 'assistant')) return event.seq
  }
  return 0
}

const pathOf = (c: string) => ({ params: { path: { conversation_id: c } } })

/** What whoever serves this buyer now should know; null where nobody served them before. */
export const readSummary = (c: string): Promise<Summary | null> => take(http.GET('/api/v1/conversations/{conversation_id}/summary', pathOf(c)))

/** The same in a few sentences by a language model; null where there is none. */
export const readTold = async (c: string): Promise<string | null> => (await take(http.GET('/api/v1/conversations/{conversation_id}/summary/told', pathOf(c)))).text
