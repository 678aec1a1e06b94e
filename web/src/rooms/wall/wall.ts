import type { ConversationRow, Presence } from '@/live/frames'

export type Status = Presence['status']
export const STATUSES: readonly Status[] = ['online', 'busy', 'away', 'off']

/** A colleague as presence tells them. */
export type Seat = Pick<Presence, 'account' | 'name' | 'status' | 'since' | 'open' | 'capacity' | 'online'>

/** What stands out about somebody, as a word: more than they can serve, at their limit, buyers unanswered too long. */
export type Load = 'over' | 'late' | 'full' | 'fine'

/** An agent's row of the wall; `longest` is since when their buyer who waits longest has waited. */
export interface WallRow extends Seat {
  unanswered: number
  longest: number | null
  load: Load
}

/** From here on a buyer waits too long. */
export const LATE_MS = 180_000

const ORDER: Record<Load, number> = { over: 0, late: 1, full: 2, fine: 3 }

/** Who waits, longest first. */
export function waiting(rows: Iterable<ConversationRow>): ConversationRow[] {
  return [...rows].filter((row) => row.status === 'open' && row.waiting_since !== null).sort((a, b) => a.waiting_since! - b.waiting_since!)
}

/** Everybody at or with something at the desk, those in trouble first. */
export function wallRows(seats: readonly Seat[], rows: Iterable<ConversationRow>, now: number): WallRow[] {
  const waits = waiting(rows)
  return seats
    .map((seat): WallRow => {
      const mine = waits.filter((row) => row.agent === seat.account)
      const longest = mine[0]?.waiting_since ?? null
      return { ...seat, unanswered: mine.length, longest, load: loadOf(seat, longest, now) }
    })
    .filter((row) => row.online || row.status !== 'off' || row.open > 0)
    .sort((a, b) => ORDER[a.load] - ORDER[b.load] || b.open - a.open || a.name.localeCompare(b.name, 'zh'))
}

function loadOf(seat: Seat, longest: number | null, now: number): Load {
  if (seat.open > seat.capacity) return 'over'
  if (longest !== null && now - longest >= LATE_MS) return 'late'
  return seat.open > 0 && seat.open === seat.capacity ? 'full' : 'fine'
}
