import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'

import type { ConversationRow } from '@/live/frames'
import { LISTED, useConversations } from '@/rooms/desk/list/conversations'

function row(change: Partial<ConversationRow> = {}): ConversationRow {
  return {
    id: 'c_1', shop: 'demo', channel: 'widget', status: 'open', agent: null, agent_name: null, buyer: { id: 'b_1', name: '买家' }, seq: 3,
    last: { at: 0, from: 'buyer', text: '在吗' }, waiting_since: 1, unread: 2,
    group: null, position: null, tags: [], asked_wait_at: null, waived: false, rating: null, offline: false, alarmed_at: null, ...change,
  }
}

function openList(...conversations: ConversationRow[]) {
  const store = useConversations()
  store.on({ t: 'inbox', conversations })
  const say = (change: Partial<ConversationRow>) => store.on({ t: 'conv', conversation: row(change) })
  return { store, say, unread: () => store.unread(store.rows.get('c_1')!) }
}

beforeEach(() => setActivePinia(createPinia()))

describe('unread messages in the list', () => {
  it('count only what came after the agent last looked', () => {
    const { store, say, unread } = openList(row())
    expect(unread()).toBe(2)
    store.markSeen('c_1', 3)
    expect(unread()).toBe(0)
    say({ seq: 4, unread: 3 })
    expect(unread()).toBe(1)
  })

  it('stay read when the row learns of a message later than the open thread did', () => {
    const { store, say, unread } = openList(row())
    store.markSeen('c_1', 4)
    say({ seq: 4, unread: 3 })
    expect(unread()).toBe(0)
    say({ seq: 5, unread: 4 })
    expect(unread()).toBe(1)
  })

  it('begin anew after an answer', () => {
    const { store, say, unread } = openList(row())
    store.markSeen('c_1', 3)
    say({ seq: 4, unread: 0 })
    say({ seq: 5, unread: 1 })
    expect(unread()).toBe(1)
  })
})

describe('the list after a reconnect', () => {
  it('drops open conversations that were closed meanwhile', () => {
    const { store } = openList(row(), row({ id: 'c_2' }))
    store.on({ t: 'inbox', conversations: [row({ id: 'c_2' })] })
    expect([...store.rows.keys()]).toEqual(['c_2'])
  })

  it('keeps those a full list may only have no room for', () => {
    const { store } = openList(row())
    const others = Array.from({ length: LISTED }, (_, index) => row({ id: `c_x${index}` }))
    store.on({ t: 'inbox', conversations: others })
    expect(store.rows.has('c_1')).toBe(true)
  })

  it('ignores an older state that arrives late, and windows in which nothing was said', () => {
    const { store, say } = openList(row({ seq: 9 }))
    say({ seq: 8, status: 'closed' })
    expect(store.rows.get('c_1')!.status).toBe('open')
    say({ id: 'c_new', status: 'new' })
    expect(store.rows.has('c_new')).toBe(false)
  })
})
