import { describe, expect, it } from 'vitest'

import type { ClientFrame, LogEvent, ServerFrame } from '../../src/live/frames'
import { createWorld, event, settle } from './world'

/** A server with one conversation whose frames may be lost, doubled, swapped or cut off at any moment. */
function createShop(random: () => number) {
  const log: LogEvent[] = []
  const seen = new Map<string, number>()

  function store(text: string, id: string): number {
    const known = seen.get(id)
    if (known) return known
    const seq = log.length + 1
    log.push({ ...event(seq, text), id })
    seen.set(id, seq)
    return seq
  }

  const since = (after: number): ServerFrame => ({
    t: 'events', c: 'c_1', after, seq: log.length, events: log.slice(after),
  })

  /** What the server answers; an answer may get lost although the message was stored. */
  function answer(frame: ClientFrame): ServerFrame[] {
    if (frame.t === 'hello') return [{ t: 'welcome', as: 'agent', me: { id: 'a_1', name: '小林' }, at: 1, limits: { text: 5000 } }]
    if (frame.t === 'sub') return [since(frame.after)]
    if (frame.t !== 'send') return []
    if (random() < 0.1) return [{ t: 'refused', id: frame.id, code: 'unavailable', message: '' }]
    const before = log.length
    const seq = store(frame.text, frame.id)
    const ack: ServerFrame = { t: 'ack', id: frame.id, c: 'c_1', seq, at: seq }
    return log.length > before ? [ack, since(before)] : [ack]
  }
  return { log, store, since, answer }
}

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

describe('a bad network', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('loses nothing and doubles nothing (seed %i)', async (seed) => {
    const random = seeded(seed)
    const shop = createShop(random)
    const world = createWorld()
    let rough = true
    const answered = new Map<object, number>()

    async function serve() {
      await settle()
      const line = world.lines.at(-1)
      if (!line || line.closed) return
      if (!answered.has(line)) line.events.opened()
      const queue = line.sent.slice(answered.get(line) ?? 0).flatMap(shop.answer)
      answered.set(line, line.sent.length)
      for (const frame of queue) {
        const dice = rough && frame.t !== 'welcome' ? random() : 1
        if (dice < 0.15) continue
        if (dice < 0.2) return line.events.closed(1006)
        line.say(frame)
        if (dice < 0.35) line.say(frame)
      }
    }

    world.live.follow('c_1', 0)
    world.live.start()
    const mine: string[] = []
    for (let turn = 0; turn < 200; turn++) {
      if (turn % 3 === 0) {
        mine.push(`我的 ${turn}`)
        world.live.send('c_1', `我的 ${turn}`)
      }
      if (random() < 0.4) shop.store(`买家 ${turn}`, `buyer-${turn}-id`)
      await serve()
      if (random() < 0.3) world.lines.at(-1)?.say(shop.since(Math.floor(random() * shop.log.length)))
      await world.clock.pass(400)
    }
    rough = false
    for (let turn = 0; turn < 120; turn++) {
      world.lines.at(-1)?.say({ t: 'hb', at: 1, heads: { c_1: shop.log.length } })
      await serve()
      await world.clock.pass(1_000)
    }

    expect(world.live.unanswered()).toEqual([])
    expect(shop.log.filter((row) => row.text?.startsWith('我的')).map((row) => row.text).sort()).toEqual(mine.sort())
    expect(world.shown('c_1')).toEqual(shop.log.map((row) => row.seq))
  })
})
