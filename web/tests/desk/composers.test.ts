// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { createLive, type Signal } from '@/live/client'
import type { ClientFrame, Hit, ServerFrame } from '@/live/frames'
import { type LineEvents, storedOutbox } from '@/live/ports'
import { useComposers } from '@/rooms/desk/composer/composers'

const C = 'c_1'
const HIT: Hit = { rule: 'leak.contact', family: 'leak', severity: 'block', start: 0, end: 2, text: '加我', why: '站外联系', rewrite: '咱们在这里聊', points: 6 }

/** A desk with one agent and a server that answers when the test says so. */
function openDesk({ approver = false } = {}) {
  setActivePinia(createPinia())
  const composers = useComposers()
  const sent: ClientFrame[] = []
  let events: LineEvents
  const live = createLive({
    url: 'ws://shop/ws',
    hello: async () => ({ as: 'agent', csrf: 'x' }),
    storage: storedOutbox(localStorage, 'jinpai.outbox.a_1.'),
    on: (signal: Signal) => composers.on(signal),
    dial(_url, handlers) {
      events = handlers
      return { send: (text) => void sent.push(JSON.parse(text) as ClientFrame), close() {} }
    },
  })
  composers.attach(live, 'a_1', approver)
  const say = (frame: ServerFrame) => events.received(JSON.stringify(frame))
  return {
    composers,
    live,
    say,
    sends: () => sent.filter((frame) => frame.t === 'send'),
    checks: () => sent.filter((frame) => frame.t === 'check'),
    write: (text: string) => composers.setText(C, text),
    async connect() {
      live.start()
      await vi.advanceTimersByTimeAsync(0)
      events.opened()
      say({ t: 'welcome', as: 'agent', me: { id: 'a_1', name: '小林' }, at: Date.now(), limits: { text: 5000 } })
    },
    refuse: (id: string, verdict: 'block' | 'warn' | 'confirm', hits: Hit[] = [HIT]) =>
      say({ t: 'refused', id, code: 'guard', verdict, message: '先别发', hits }),
    arrive: (id: string, text: string) =>
      say({ t: 'events', c: C, after: 0, seq: 1, events: [{ seq: 1, at: 1, kind: 'message', from: { role: 'agent', id: 'a_1', name: '小林' }, text, id }] }),
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  localStorage.clear()
})
afterEach(() => vi.useRealTimers())

describe('writing a reply', () => {
  it('empties the composer once the message is on disk', async () => {
    const desk = openDesk()
    await desk.connect()
    desk.write('在的亲')
    desk.composers.submit(C)
    const { id } = desk.sends()[0]!
    expect(desk.composers.of(C).text).toBe('在的亲')
    desk.say({ t: 'ack', id, c: C, seq: 1, at: 1 })
    expect(desk.composers.of(C).text).toBe('')
    expect(desk.composers.outgoing.filter((message) => !message.held)).toEqual([])
  })

  it('keeps what was typed on after Enter', async () => {
    const desk = openDesk()
    await desk.connect()
    desk.write('第一句')
    desk.composers.submit(C)
    desk.write('第一句第二句')
    desk.composers.submit(C)
    expect(desk.sends()).toHaveLength(1)
    desk.say({ t: 'ack', id: desk.sends()[0]!.id, c: C, seq: 1, at: 1 })
    expect(desk.composers.of(C).text).toBe('第二句')
  })

  it('leaves a refused message untouched, with the reason', async () => {
    const desk = openDesk()
    await desk.connect()
    desk.write('加我微信')
    desk.composers.submit(C)
    desk.refuse(desk.sends()[0]!.id, 'block')
    const composer = desk.composers.of(C)
    expect(composer.text).toBe('加我微信')
    expect(composer.refusal).toMatchObject({ verdict: 'block', about: '加我微信', hits: [HIT] })
    desk.composers.submit(C)
    expect(desk.sends()[1]).toMatchObject({ confirm: false })
    expect(desk.sends()[1]!.id).not.toBe(desk.sends()[0]!.id)
  })

  it('sends a warned message with the same id when Enter is pressed again', async () => {
    const desk = openDesk()
    await desk.connect()
    desk.write('哦')
    desk.composers.submit(C)
    const { id } = desk.sends()[0]!
    desk.refuse(id, 'warn')
    desk.composers.submit(C)
    expect(desk.sends()[1]).toMatchObject({ id, text: '哦', confirm: true })
  })

  it('asks anew when the warned text was changed', async () => {
    const desk = openDesk()
    await desk.connect()
    desk.write('哦')
    desk.composers.submit(C)
    desk.refuse(desk.sends()[0]!.id, 'warn')
    desk.write('哦哦')
    expect(desk.composers.of(C).refusal).toBeNull()
    desk.composers.submit(C)
    expect(desk.sends()[1]).toMatchObject({ text: '哦哦', confirm: false })
  })

  it.each([
    [false, false],
    [true, true],
  ])('lets only a supervisor confirm what needs one (supervisor: %s)', async (approver, confirmed) => {
    const desk = openDesk({ approver })
    await desk.connect()
    desk.write('给您便宜五十')
    desk.composers.submit(C)
    desk.refuse(desk.sends()[0]!.id, 'confirm')
    desk.composers.submit(C)
    expect(desk.sends()[1]).toMatchObject({ confirm: confirmed })
  })

  it('does not send a text with an open variable', async () => {
    const desk = openDesk()
    await desk.connect()
    desk.write('{商品}有货')
    desk.composers.submit(C)
    expect(desk.sends()).toEqual([])
    expect(desk.composers.of(C).text).toBe('{商品}有货')
  })

  it('asks the guard once after a pause, about the newest text only', async () => {
    const desk = openDesk()
    await desk.connect()
    desk.write('加')
    await vi.advanceTimersByTimeAsync(100)
    desk.write('加我')
    await vi.advanceTimersByTimeAsync(149)
    expect(desk.checks()).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(desk.checks()).toMatchObject([{ text: '加我' }])
    desk.say({ t: 'checked', id: desk.checks()[0]!.id, verdict: 'block', hits: [HIT] })
    expect(desk.composers.of(C).opinion).toEqual({ about: '加我', hits: [HIT], better: '' })
  })
})

describe('nothing an agent typed is ever lost', () => {
  it('keeps drafts and notes over a reload', () => {
    const desk = openDesk()
    desk.write('写了一半')
    desk.composers.setNote(C, '老客')
    expect(openDesk().composers.of(C)).toMatchObject({ text: '写了一半', note: '老客' })
  })

  it('frees the composer when no answer comes, and shows the message beside the thread', async () => {
    const desk = openDesk()
    await desk.connect()
    desk.write('在的')
    desk.composers.submit(C)
    await vi.advanceTimersByTimeAsync(1_500)
    expect(desk.composers.of(C).text).toBe('')
    expect(desk.composers.outgoing).toMatchObject([{ text: '在的', held: false }])
    desk.arrive(desk.sends()[0]!.id, '在的')
    expect(desk.composers.outgoing).toEqual([])
  })

  it('sends what was written without a line after a reload, and does not offer it as a draft again', async () => {
    const before = openDesk()
    before.write('断网时写的')
    before.composers.submit(C)
    const after = openDesk()
    expect(after.composers.of(C).text).toBe('')
    expect(after.composers.outgoing).toMatchObject([{ text: '断网时写的', held: false }])
    await after.connect()
    expect(after.sends()).toMatchObject([{ text: '断网时写的' }])
  })

  it('puts a late refusal back into an empty composer', async () => {
    const desk = openDesk()
    await desk.connect()
    desk.write('加我微信')
    desk.composers.submit(C)
    await vi.advanceTimersByTimeAsync(1_500)
    desk.refuse(desk.sends()[0]!.id, 'block')
    expect(desk.composers.of(C)).toMatchObject({ text: '加我微信', refusal: { verdict: 'block' } })
  })

  it('keeps a late refusal beside the thread while something else is being written, over a reload too', async () => {
    const desk = openDesk()
    await desk.connect()
    desk.write('加我微信')
    desk.composers.submit(C)
    await vi.advanceTimersByTimeAsync(1_500)
    desk.write('下一句')
    desk.refuse(desk.sends()[0]!.id, 'block')
    expect(desk.composers.of(C).text).toBe('下一句')
    const again = openDesk()
    expect(again.composers.returned).toMatchObject([{ text: '加我微信', message: '先别发' }])
    again.composers.takeBack(again.composers.returned[0]!.id, true)
    expect(again.composers.of(C).text).toBe('下一句\n加我微信')
    expect(openDesk().composers.returned).toEqual([])
  })
})
