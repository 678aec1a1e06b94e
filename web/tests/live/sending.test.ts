import { describe, expect, it } from 'vitest'

import { memoryOutbox, storedOutbox } from '../../src/live/ports'
import { createWorld } from './world'

const ID = /^[A-Za-z0-9_-]{22}$/

describe('sending', () => {
  it('keeps a message until the server says it is on disk', async () => {
    const storage = memoryOutbox()
    const world = createWorld({ storage })
    world.live.start()
    const line = await world.greet()
    const id = world.live.send('c_1', '在的')
    expect(id).toMatch(ID)
    expect(world.sent('send')).toEqual([{ t: 'send', id, c: 'c_1', text: '在的', confirm: false }])
    expect(storage.all()).toHaveLength(1)
    line.say({ t: 'ack', id, c: 'c_1', seq: 1, at: 5 })
    expect(storage.all()).toEqual([])
    expect(world.heard('ack')).toMatchObject([{ id, seq: 1 }])
  })

  it('sends what was written without a line as soon as there is one, in order', async () => {
    const world = createWorld()
    world.live.send('c_1', '一')
    world.live.send('c_1', '二')
    world.live.start()
    await world.greet()
    expect(world.sent('send').map((frame) => frame.text)).toEqual(['一', '二'])
  })

  it('repeats an unanswered message with the same id after the line broke, and only the unanswered', async () => {
    const world = createWorld()
    world.live.start()
    const line = await world.greet()
    const answered = world.live.send('c_1', '一')
    const open = world.live.send('c_1', '二')
    line.say({ t: 'ack', id: answered, c: 'c_1', seq: 1, at: 5 })
    line.events.closed(1006)
    await world.clock.pass(600)
    const next = await world.greet()
    expect(world.sent('send').map((frame) => frame.id)).toEqual([open])
    next.say({ t: 'ack', id: open, c: 'c_1', seq: 2, at: 6, again: true })
    next.events.closed(1006)
    await world.clock.pass(2_000)
    await world.greet()
    expect(world.sent('send')).toEqual([])
  })

  it('remembers unanswered messages over a reload of the page', async () => {
    const area = new Map<string, string>()
    const storage = () => storedOutbox(fakeArea(area), 'outbox.')
    const before = createWorld({ storage: storage() })
    before.live.start()
    await before.greet()
    const id = before.live.send('c_1', '请问几点发货')
    before.live.stop()

    const after = createWorld({ storage: storage() })
    expect(after.live.unanswered()).toMatchObject([{ id, text: '请问几点发货' }])
    after.live.start()
    const line = await after.greet()
    expect(after.line().sent.slice(1)).toMatchObject([
      { t: 'sub', c: 'c_1', after: 0 },
      { t: 'send', id, text: '请问几点发货' },
    ])
    line.say({ t: 'ack', id, c: 'c_1', seq: 1, at: 5 })
    expect([...area.keys()]).toEqual([])
  })

  it('skips what somebody else left in the storage area', () => {
    const area = new Map([['outbox.x', '{"id":1}'], ['outbox.y', 'not json'], ['other', '1']])
    expect(storedOutbox(fakeArea(area), 'outbox.').all()).toEqual([])
  })

  it('still sends when the storage area is full', async () => {
    const full = { ...fakeArea(new Map()), setItem: () => { throw new Error('quota') } } as Storage
    const world = createWorld({ storage: storedOutbox(full, 'outbox.') })
    world.live.start()
    await world.greet()
    world.live.send('c_1', '一')
    expect(world.sent('send')).toHaveLength(1)
  })

  it('hands a refused message back with its text and does not send it again', async () => {
    const world = createWorld()
    world.live.start()
    const line = await world.greet()
    const id = world.live.send('c_1', '加我微信 lin8866')
    line.say({ t: 'refused', id, code: 'guard', verdict: 'block', message: '不能发出', hits: [] })
    expect(world.heard('refused')).toMatchObject([{ id, verdict: 'block', sent: { text: '加我微信 lin8866', c: 'c_1' } }])
    line.events.closed(1006)
    await world.clock.pass(600)
    await world.greet()
    expect(world.sent('send')).toEqual([])
  })

  it('sends a warned message all the same with the same id once the agent confirms', async () => {
    const world = createWorld()
    world.live.start()
    const line = await world.greet()
    const id = world.live.send('c_1', '哦')
    line.say({ t: 'refused', id, code: 'guard', verdict: 'warn', message: '太短了', hits: [] })
    world.live.send('c_1', '哦', { id, confirm: true })
    expect(world.sent('send').at(-1)).toEqual({ t: 'send', id, c: 'c_1', text: '哦', confirm: true })
  })

  it('keeps a message the server could not store and offers it again later', async () => {
    const world = createWorld()
    world.live.start()
    const line = await world.greet()
    const id = world.live.send('c_1', '一')
    line.say({ t: 'refused', id, code: 'unavailable', message: '稍后再试' })
    expect(world.heard('refused')).toEqual([])
    expect(world.live.unanswered()).toHaveLength(1)
    await world.clock.pass(1_900)
    expect(world.sent('send')).toHaveLength(1)
    await world.clock.pass(200)
    expect(world.sent('send').map((frame) => frame.id)).toEqual([id, id])
    line.say({ t: 'refused', id, code: 'unavailable', message: '稍后再试' })
    await world.clock.pass(3_900)
    expect(world.sent('send')).toHaveLength(2)
    await world.clock.pass(200)
    expect(world.sent('send')).toHaveLength(3)
    line.say({ t: 'ack', id, c: 'c_1', seq: 1, at: 5 })
    await world.clock.pass(20_000)
    expect(world.sent('send')).toHaveLength(3)
  })

  it('asks again with the same id when an answer never came on a living line', async () => {
    const world = createWorld()
    world.live.start()
    const line = await world.greet()
    const id = world.live.send('c_1', '一')
    await world.clock.pass(9_900)
    line.say({ t: 'hb', at: 1, heads: {} })
    expect(world.sent('send')).toHaveLength(1)
    await world.clock.pass(200)
    expect(world.sent('send').map((frame) => frame.id)).toEqual([id, id])
    line.say({ t: 'ack', id, c: 'c_1', seq: 1, at: 5, again: true })
    await world.clock.pass(30_000)
    expect(world.sent('send')).toHaveLength(2)
  })

  it('repeats a read mark until the server shows that it knows it', async () => {
    const world = createWorld()
    world.live.start()
    const line = await world.greet()
    world.live.read('c_1', 4)
    world.live.read('c_1', 3)
    expect(world.sent('read')).toEqual([{ t: 'read', c: 'c_1', seq: 4 }])
    line.events.closed(1006)
    await world.clock.pass(600)
    const next = await world.greet()
    expect(world.sent('read')).toEqual([{ t: 'read', c: 'c_1', seq: 4 }])
    next.say({ t: 'read', c: 'c_1', who: 'agent', seq: 4 })
    next.events.closed(1006)
    await world.clock.pass(2_000)
    await world.greet()
    expect(world.sent('read')).toEqual([])
  })

  it('says that somebody types at most once in three seconds, and never later', async () => {
    const world = createWorld()
    world.live.typing('c_1')
    world.live.start()
    await world.greet()
    world.live.typing('c_1')
    world.live.typing('c_1')
    world.live.typing('c_2')
    await world.clock.pass(3_000)
    world.live.typing('c_1')
    expect(world.sent('typing').map((frame) => frame.c)).toEqual(['c_1', 'c_2', 'c_1'])
  })

  it('asks the guard only while there is a line', async () => {
    const world = createWorld()
    expect(world.live.check('c_1', '哦')).toBeNull()
    world.live.start()
    const line = await world.greet()
    const id = world.live.check('c_1', '哦')!
    line.say({ t: 'checked', id, verdict: 'warn', hits: [] })
    expect(world.heard('checked')).toMatchObject([{ id, verdict: 'warn' }])
  })
})

function fakeArea(kept: Map<string, string>): Storage {
  const methods = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
  return new Proxy(methods as unknown as Storage, {
    ownKeys: () => [...kept.keys()],
    getOwnPropertyDescriptor: (_area, key) => ({ value: kept.get(String(key)), enumerable: true, configurable: true }),
  })
}
