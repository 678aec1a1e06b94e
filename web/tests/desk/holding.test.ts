import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'

import type { ConversationRow, LogEvent, Presence } from '@/live/frames'
import { useHolding } from '@/rooms/desk/composer/holding'
import { useConversations } from '@/rooms/desk/list/conversations'
import { usePresence } from '@/rooms/desk/list/presence'
import { useThreads } from '@/rooms/desk/thread/threads'
import { useSession } from '@/rooms/staff/session'

const C = 'c_1'

function handTo(agent: string | null, seq: number): void {
  useConversations().rows.set(C, { id: C, status: 'open', agent, agent_name: agent, seq } as ConversationRow)
  useThreads().on({ t: 'events', c: C, after: seq - 1, seq, events: [{ seq, at: seq, kind: 'assigned', from: { role: 'agent', id: 'lead', name: '周岚' }, agent } as LogEvent] })
}

function isThere(account: string, online = true): void {
  const person: Presence = { account, name: account, status: 'online', line: '', since: 0, open: 0, capacity: 8, groups: [], online, shops: ['demo'] }
  usePresence().on({ t: 'presence', ...person })
}

describe('writing to a buyer whom a colleague serves', () => {
  beforeEach(() => {
    setActivePinia(createPinia())
    useSession().me = { id: 'me', name: '小林', role: 'agent', shops: [] }
    useThreads().open(C, 0)
    isThere('me')
    isThere('lead')
  })

  it('lets what one writes to buyers of one’s own, or of nobody, go out at once', () => {
    handTo('me', 1)
    expect(useHolding().stops(C)).toBe(false)
    handTo(null, 2)
    expect(useHolding().stops(C)).toBe(false)
  })

  it('holds the draft back once when somebody took over, and again at the next handing over', () => {
    handTo('lead', 1)
    expect(useHolding().other(C)?.name).toBe('lead')
    expect(useHolding().stops(C)).toBe(true)
    expect(useHolding().stops(C)).toBe(false)
    handTo('me', 2)
    handTo('lead', 3)
    expect(useHolding().stops(C)).toBe(true)
  })

  it('does not keep buyers from an answer when who serves them is not there', () => {
    isThere('lead', false)
    handTo('lead', 1)
    expect(useHolding().stops(C)).toBe(false)
  })
})
