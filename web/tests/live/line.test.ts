import { describe, expect, it } from 'vitest'

import { delayBefore } from '../../src/live/backoff'
import type { Hello } from '../../src/live/frames'
import { createWorld, settle } from './world'

describe('the line to the server', () => {
  it('greets first, says nothing before the welcome, then asks for the list', async () => {
    const world = createWorld()
    world.live.inbox()
    world.live.follow('c_1', 0)
    world.live.start()
    await settle()
    world.line().events.opened()
    expect(world.line().sent).toEqual([{ t: 'hello', as: 'agent', csrf: 'token' }])
    await world.greet()
    expect(world.line().sent.map((frame) => frame.t)).toEqual(['hello', 'hello', 'inbox', 'sub'])
    expect(world.live.phase()).toBe('open')
  })

  it('waits longer after every failure, up to fifteen seconds, within the jitter', () => {
    expect([0, 1, 2, 3, 4, 5, 9].map((attempt) => delayBefore(attempt, 0.5))).toEqual([
      500, 1000, 2000, 4000, 8000, 15000, 15000,
    ])
    expect(delayBefore(0, 0)).toBe(350)
    expect(delayBefore(9, 0.999999)).toBeLessThanOrEqual(19_500)
  })

  it('backs off while the server is away and starts afresh after a stable connection', async () => {
    const world = createWorld()
    world.live.start()
    await settle()
    for (const delay of [500, 1000, 2000]) {
      const dialled = world.lines.length
      world.line().events.closed(1006)
      await world.clock.pass(delay - 1)
      expect(world.lines).toHaveLength(dialled)
      await world.clock.pass(1)
      expect(world.lines).toHaveLength(dialled + 1)
    }
    const line = await world.greet()
    await world.clock.pass(6_000)
    line.events.closed(1006)
    await world.clock.pass(500)
    expect(world.lines).toHaveLength(5)
  })

  it('keeps backing off from a server that greets and hangs up again and again', async () => {
    const world = createWorld()
    world.live.start()
    for (const delay of [500, 1000, 2000]) {
      const line = await world.greet()
      line.events.closed(1006)
      await world.clock.pass(delay - 1)
      expect(world.live.phase()).toBe('waiting')
      await world.clock.pass(1)
    }
  })

  it('takes forty seconds of silence for a dead line', async () => {
    const world = createWorld()
    world.live.start()
    const line = await world.greet()
    await world.clock.pass(39_000)
    line.say({ t: 'hb', at: 1, heads: {} })
    await world.clock.pass(39_000)
    expect(line.closed).toBe(false)
    await world.clock.pass(1_000)
    expect(line.closed).toBe(true)
    await world.clock.pass(500)
    expect(world.lines).toHaveLength(2)
  })

  it('does not wait for ever for a welcome', async () => {
    const world = createWorld()
    world.live.start()
    await settle()
    world.line().events.opened()
    await world.clock.pass(15_500)
    expect(world.lines).toHaveLength(2)
    expect(world.lines[0]!.closed).toBe(true)
  })

  it('hears nothing from a line it gave up', async () => {
    const world = createWorld()
    world.live.start()
    const old = await world.greet()
    await world.clock.pass(41_000)
    const signals = world.signals.length
    old.say({ t: 'inbox', conversations: [] })
    old.events.closed(1006)
    expect(world.signals).toHaveLength(signals)
  })

  it.each([
    [4001, 'not_signed_in'],
    [4003, 'signed_out'],
  ])('stops at %i until somebody signs in', async (code, name) => {
    const world = createWorld()
    world.live.start()
    const line = await world.greet()
    line.say({ t: 'bye', code: name, message: '您的密码已修改，请重新登录' })
    line.events.closed(code)
    await world.clock.pass(120_000)
    expect(world.lines).toHaveLength(1)
    expect(world.heard('ended')).toEqual([{ t: 'ended', code: name, message: '您的密码已修改，请重新登录' }])
    world.live.start()
    await settle()
    expect(world.lines).toHaveLength(2)
  })

  it('believes a farewell whose close code was lost on the way', async () => {
    const world = createWorld()
    world.live.start()
    const line = await world.greet()
    line.say({ t: 'bye', code: 'signed_out', message: '已退出' })
    line.events.closed(1006)
    expect(world.live.phase()).toBe('ended')
  })

  it('stops when nobody is signed in, and tries again when only the question failed', async () => {
    const answers: (Hello | null | Error)[] = [new Error('no network'), null]
    const world = createWorld({
      hello: async () => {
        const answer = answers.shift()
        if (answer instanceof Error) throw answer
        return answer ?? null
      },
    })
    world.live.start()
    await settle()
    expect(world.live.phase()).toBe('waiting')
    await world.clock.pass(500)
    expect(world.live.phase()).toBe('ended')
    expect(world.lines).toHaveLength(0)
  })

  it('comes back at once after a restart, but not in a loop', async () => {
    const world = createWorld()
    world.live.start()
    const line = await world.greet()
    line.say({ t: 'bye', code: 'restart', message: '' })
    line.events.closed(1012)
    await settle()
    expect(world.lines).toHaveLength(2)
    world.line().events.closed(1006)
    expect(world.live.phase()).toBe('waiting')
    await world.clock.pass(999)
    expect(world.lines).toHaveLength(2)
    await world.clock.pass(1)
    expect(world.lines).toHaveLength(3)
  })

  it('reconnects and asks anew after it was too slow', async () => {
    const world = createWorld()
    world.live.start()
    const line = await world.greet()
    world.live.follow('c_1', 7)
    line.say({ t: 'bye', code: 'too_slow', message: '' })
    line.events.closed(4008)
    await world.clock.pass(500)
    await world.greet()
    expect(world.sent('sub')).toEqual([{ t: 'sub', c: 'c_1', after: 7 }])
  })

  it('takes its time after the server called it buggy', async () => {
    const world = createWorld()
    world.live.start()
    const line = await world.greet()
    line.events.closed(4009)
    await world.clock.pass(14_000)
    expect(world.lines).toHaveLength(1)
    await world.clock.pass(1_000)
    expect(world.lines).toHaveLength(2)
  })

  it('connects at once when the network comes back', async () => {
    const world = createWorld()
    world.live.start()
    await settle()
    world.line().events.closed(1006)
    world.live.nudge()
    await settle()
    expect(world.lines).toHaveLength(2)
  })

  it('stays silent after it was stopped', async () => {
    const world = createWorld()
    world.live.start()
    const line = await world.greet()
    world.live.stop()
    expect(line.closed).toBe(true)
    await world.clock.pass(120_000)
    expect(world.lines).toHaveLength(1)
  })

  it('skips frames it does not know and text that is no frame', async () => {
    const world = createWorld()
    world.live.start()
    const line = await world.greet()
    line.events.received('{"t":"later"}')
    line.events.received('nonsense')
    line.events.received(new ArrayBuffer(1))
    line.say({ t: 'typing', c: 'c_1', who: 'buyer' })
    expect(world.heard('typing')).toHaveLength(1)
  })

  it('knows the server time from the fastest greeting', async () => {
    const world = createWorld()
    world.live.start()
    const line = await world.greet()
    const here = world.clock.timers.now()
    line.say({ t: 'hb', at: here + 60_000, heads: {} })
    line.say({ t: 'hb', at: here + 59_000, heads: {} })
    expect(world.live.now()).toBe(here + 60_000)
  })
})
