import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'

import type { Presence } from '@/live/frames'
import { isServing, usePresence } from '@/rooms/desk/list/presence'
import { useSession } from '@/rooms/staff/session'

function person(account: string, change: Partial<Presence> = {}): Presence {
  return { account, name: account, status: 'online', line: '', since: 0, open: 0, capacity: 8, groups: [], online: true, shops: ['demo'], ...change }
}

describe('who is at the desk', () => {
  beforeEach(() => setActivePinia(createPinia()))

  it('knows oneself and follows what the server tells', () => {
    useSession().me = { id: 'a_1', name: '小林', role: 'agent', shops: [] }
    const presence = usePresence()
    presence.on({ t: 'presence', ...person('a_1') })
    presence.on({ t: 'presence', ...person('a_1', { status: 'busy' }) })
    expect(presence.mine?.status).toBe('busy')
  })

  it('offers colleagues of the shop, those who can take a buyer first, the less busy before the busier', () => {
    useSession().me = { id: 'a_1', name: '小林', role: 'agent', shops: [] }
    const presence = usePresence()
    const told = [person('a_1'), person('满', { open: 7 }), person('闲', { open: 1 }), person('离开', { status: 'away' }), person('别店', { shops: ['other'] })]
    for (const one of told) presence.on({ t: 'presence', ...one })
    expect(presence.colleagues('demo').map((one) => one.account)).toEqual(['闲', '满', '离开'])
  })

  it('never passes a buyer to somebody who is cut off', () => {
    expect(isServing(person('a', { online: false }))).toBe(false)
    expect(isServing(person('a', { status: 'busy' }))).toBe(true)
    expect(isServing(person('a', { status: 'off' }))).toBe(false)
  })
})
