import { describe, expect, it } from 'vitest'
import { nextTick, ref } from 'vue'

import type { ConversationRow } from '@/live/frames'
import { byWaiting, frozenOrder, isIn, patience, useSteadyOrder } from '@/rooms/desk/list/order'

function row(id: string, change: Partial<ConversationRow> = {}): ConversationRow {
  return {
    id, shop: 'demo', channel: 'widget', status: 'open', agent: null, agent_name: null, buyer: { id: 'b_1', name: '买家' }, seq: 1,
    last: { at: 0, from: 'buyer', text: '在吗' }, waiting_since: null, unread: 0,
    group: null, position: null, tags: [], asked_wait_at: null, waived: false, rating: null, offline: false, alarmed_at: null, ...change,
  }
}

describe('the list of conversations', () => {
  it('puts who waits longest first, then what moved last', () => {
    const rows = [
      row('calm', { last: { at: 50, from: 'agent', text: '' } }),
      row('short', { waiting_since: 30 }),
      row('calmer', { last: { at: 90, from: 'agent', text: '' } }),
      row('long', { waiting_since: 10 }),
    ]
    expect(rows.sort(byWaiting).map(({ id }) => id)).toEqual(['long', 'short', 'calmer', 'calm'])
  })

  it('sorts conversations into mine, queue, all and closed', () => {
    const [mine, queue, other, closed] = [row('1', { agent: 'me' }), row('2'), row('3', { agent: 'you' }), row('4', { status: 'closed', agent: 'me' })]
    const inView = (view: Parameters<typeof isIn>[0]) => [mine, queue, other, closed].filter((one) => isIn(view, one, 'me')).map(({ id }) => id)
    expect(inView('mine')).toEqual(['1'])
    expect(inView('queue')).toEqual(['2'])
    expect(inView('all')).toEqual(['1', '2', '3'])
    expect(inView('closed')).toEqual(['4'])
  })

  it('turns amber after a minute and red after three', () => {
    expect([59_999, 60_000, 179_999, 180_000].map(patience)).toEqual(['fresh', 'wait', 'wait', 'late'])
  })

  it('does not move rows under the pointer; new ones come below', () => {
    expect(frozenOrder(['a', 'b'], ['c', 'b', 'a'])).toEqual(['a', 'b', 'c'])
    expect(frozenOrder(['a', 'b'], ['b'])).toEqual(['a', 'b'])
  })

  it('applies the new order when the pointer leaves, and at once in another list', async () => {
    const [wanted, held, key] = [ref(['a', 'b']), ref(false), ref('mine')]
    const shown = useSteadyOrder(wanted, held, key)
    held.value = true
    wanted.value = ['c', 'b']
    await nextTick()
    expect(shown.value).toEqual(['a', 'b', 'c'])
    held.value = false
    await nextTick()
    expect(shown.value).toEqual(['c', 'b'])
    held.value = true
    wanted.value = ['x']
    key.value = 'queue'
    await nextTick()
    expect(shown.value).toEqual(['x'])
  })
})
