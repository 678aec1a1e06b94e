import { describe, expect, it } from 'vitest'

import { createWorld, event, events } from './world'

async function following(after = 0) {
  const world = createWorld()
  world.live.start()
  const line = await world.greet()
  world.live.follow('c_1', after)
  return { ...world, line0: line }
}

describe('following a conversation', () => {
  it('shows events in order and asks from the seq it has', async () => {
    const world = await following(12)
    expect(world.sent('sub')).toEqual([{ t: 'sub', c: 'c_1', after: 12 }])
    world.line0.say(events('c_1', 12, 13, 15))
    world.line0.say(events('c_1', 15, 16))
    expect(world.shown('c_1')).toEqual([13, 15, 16])
    expect(world.sent('sub')).toHaveLength(1)
  })

  it('moves on when all events of a frame were hidden from this audience', async () => {
    const world = await following()
    world.line0.say({ t: 'events', c: 'c_1', after: 0, seq: 3, events: [] })
    world.line0.say(events('c_1', 3, 4))
    expect(world.shown('c_1')).toEqual([4])
  })

  it('ignores a repeated frame', async () => {
    const world = await following()
    world.line0.say(events('c_1', 0, 1, 2))
    world.line0.say(events('c_1', 0, 1, 2))
    world.line0.say(events('c_1', 0, 1))
    expect(world.shown('c_1')).toEqual([1, 2])
    expect(world.sent('sub')).toHaveLength(1)
  })

  it('asks again when a frame was lost, once, and then has everything', async () => {
    const world = await following()
    world.line0.say(events('c_1', 0, 1))
    world.line0.say(events('c_1', 2, 3))
    world.line0.say(events('c_1', 3, 4))
    expect(world.shown('c_1')).toEqual([1])
    expect(world.sent('sub').slice(1)).toEqual([{ t: 'sub', c: 'c_1', after: 1 }])
    world.line0.say(events('c_1', 1, 2, 3, 4))
    expect(world.shown('c_1')).toEqual([1, 2, 3, 4])
  })

  it('asks once more when the answer to its question never came', async () => {
    const world = await following()
    world.line0.say(events('c_1', 2, 3))
    await world.clock.pass(6_000)
    world.line0.say(events('c_1', 3, 4))
    expect(world.sent('sub')).toHaveLength(2)
  })

  it('heals frames that arrive out of order', async () => {
    const world = await following()
    world.line0.say(events('c_1', 1, 2))
    world.line0.say(events('c_1', 0, 1))
    expect(world.shown('c_1')).toEqual([1])
    world.line0.say(events('c_1', 1, 2))
    expect(world.shown('c_1')).toEqual([1, 2])
  })

  it('never shows an event twice when a frame overlaps what it has', async () => {
    const world = await following()
    world.line0.say(events('c_1', 0, 1, 2))
    world.line0.say(events('c_1', 1, 2, 3))
    expect(world.shown('c_1')).toEqual([1, 2])
    expect(world.sent('sub').at(-1)).toEqual({ t: 'sub', c: 'c_1', after: 2 })
  })

  it('starts anew on a reset and goes on from there', async () => {
    const world = await following()
    world.line0.say(events('c_1', 0, 1, 2))
    world.line0.say({ t: 'reset', c: 'c_1', seq: 11_800, why: 'too_far_behind' })
    world.line0.say({ t: 'events', c: 'c_1', after: 11_800, seq: 11_801, events: [event(11_801)] })
    expect(world.shown('c_1')).toEqual([11_801])
  })

  it('hears from a heartbeat that a hint was lost', async () => {
    const world = await following()
    world.line0.say(events('c_1', 0, 1))
    world.line0.say({ t: 'hb', at: 1, heads: { c_1: 1, c_other: 9 } })
    expect(world.sent('sub')).toHaveLength(1)
    world.line0.say({ t: 'hb', at: 2, heads: { c_1: 4 } })
    expect(world.sent('sub').at(-1)).toEqual({ t: 'sub', c: 'c_1', after: 1 })
  })

  it('asks for everything missed on the next socket, with the seq it has', async () => {
    const world = await following()
    world.line0.say(events('c_1', 0, 1, 2))
    world.line0.events.closed(1006)
    await world.clock.pass(600)
    await world.greet()
    expect(world.sent('sub')).toEqual([{ t: 'sub', c: 'c_1', after: 2 }])
  })

  it('hears nothing more of a conversation it left, not even from frames under way', async () => {
    const world = await following()
    world.live.unfollow('c_1')
    world.line0.say(events('c_1', 0, 1))
    expect(world.sent('unsub')).toEqual([{ t: 'unsub', c: 'c_1' }])
    expect(world.shown('c_1')).toEqual([])
  })
})
