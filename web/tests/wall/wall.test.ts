import { describe, expect, it } from 'vitest'

import type { ConversationRow } from '@/live/frames'
import { type Seat, wallRows, waiting } from '@/rooms/wall/wall'

const NOW = 1_000_000

const seat = (account: string, open: number, more: Partial<Seat> = {}): Seat => ({
  account, name: account, status: 'online', since: 1, open, capacity: 3, online: true, ...more,
})
const row = (id: string, agent: string | null, waited: number | null) =>
  ({ id, agent, status: 'open', waiting_since: waited === null ? null : NOW - waited }) as ConversationRow

describe('the wall', () => {
  it('lists who waits, longest first, and nobody who does not', () => {
    const closed = { ...row('gone', 'a', 9_000), status: 'closed' as const }
    expect(waiting([row('short', 'a', 10), row('none', 'a', null), row('long', null, 500), closed]).map((one) => one.id)).toEqual(['long', 'short'])
  })

  it('puts who is in trouble first and says why in a word', () => {
    const rows = wallRows([seat('fine', 1), seat('full', 3), seat('late', 1), seat('over', 4)], [row('c', 'late', 200_000)], NOW)
    expect(rows.map((one) => [one.account, one.load])).toEqual([['over', 'over'], ['late', 'late'], ['full', 'full'], ['fine', 'fine']])
    expect(rows[1]).toMatchObject({ unanswered: 1, longest: NOW - 200_000 })
  })

  it('leaves out who has gone home with nothing open, but not whose buyers are left behind', () => {
    const home = { status: 'off' as const, online: false }
    expect(wallRows([seat('home', 0, home), seat('left', 2, home)], [], NOW).map((one) => one.account)).toEqual(['left'])
  })
})
