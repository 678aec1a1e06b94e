// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { Problem } from '@/kit/http'
import { createLive, type Signal } from '@/live/client'
import type { ClientFrame, LogEvent, ServerFrame } from '@/live/frames'
import { type LineEvents, storedOutbox } from '@/live/ports'
import { useComposers } from '@/rooms/desk/composer/composers'
import { areaOf, arrowHead, isSlip, middle, nudge, scaleOf } from '@/rooms/desk/composer/picture/marks'
import { usePins } from '@/rooms/desk/composer/pins'
import { smileHint } from '@/rooms/desk/composer/smiling'
import type { Uploaded } from '@/rooms/desk/composer/uploads'
import { told } from '@/rooms/desk/thread/told'

const C = 'c_1'
const CARD = { kind: 'product', product: 'tent' } as const

type Answer = () => Promise<Uploaded>

let answers: Answer[] = []
vi.mock('@/rooms/desk/composer/uploads', async (original) => ({
  ...(await original<typeof import('@/rooms/desk/composer/uploads')>()),
  upload: () => (answers.length > 1 ? answers.shift()! : answers[0]!)(),
}))

/** A desk whose server takes pictures as the test says. */
function openDesk(given: Answer[] = []) {
  setActivePinia(createPinia())
  answers = given
  const composers = useComposers()
  const pins = usePins()
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
  composers.attach(live, 'a_1', false)
  const say = (frame: ServerFrame) => events.received(JSON.stringify(frame))
  return {
    composers,
    pins,
    say,
    sends: () => sent.filter((frame) => frame.t === 'send'),
    ack: (id: string, seq: number) => say({ t: 'ack', id, c: C, seq, at: 1 }),
    async connect() {
      live.start()
      await vi.advanceTimersByTimeAsync(0)
      events.opened()
      say({ t: 'welcome', as: 'agent', me: { id: 'a_1', name: '小林' }, at: Date.now(), limits: { text: 5000 } })
    },
  }
}

const picture = () => new Blob(['x'], { type: 'image/png' })
const kept = (id: string) => async () => ({ id, width: 4, height: 3, bytes: 1, type: 'image/png' })
const refused = async () => Promise.reject(new Problem(400, 'bad_input', '这个文件不是图片', 'r_1'))
const offline = async () => Promise.reject(new Problem(0, 'network', '网络不通'))

beforeEach(() => {
  vi.useFakeTimers()
  localStorage.clear()
  URL.createObjectURL = () => 'blob:picture'
  URL.revokeObjectURL = () => {}
})
afterEach(() => vi.useRealTimers())

describe('a picture on a message', () => {
  it('goes out with the words, and nothing of it stays in the composer', async () => {
    const desk = openDesk([kept('f_1')])
    await desk.connect()
    await desk.pins.addPicture(C, picture(), '截图.png')
    desk.composers.setText(C, '您看这里😊')
    desk.composers.submit(C)
    expect(desk.sends()).toMatchObject([{ text: '您看这里😊', attach: { kind: 'image', file: 'f_1' } }])
    desk.ack(desk.sends()[0]!.id, 1)
    expect(desk.pins.of(C)).toEqual([])
    expect(desk.composers.of(C).text).toBe('')
  })

  it('sends itself once it is on the server, when Enter was pressed before', async () => {
    let arrive = () => {}
    const slow = () => new Promise<Uploaded>((resolve) => (arrive = () => void kept('f_1')().then(resolve)))
    const desk = openDesk([slow])
    await desk.connect()
    const done = desk.pins.addPicture(C, picture(), '截图.png')
    await vi.advanceTimersByTimeAsync(0)
    desk.composers.submit(C)
    expect(desk.sends()).toEqual([])
    expect(desk.composers.of(C).waiting).toBe(true)
    arrive()
    await done
    expect(desk.sends()).toMatchObject([{ text: '', attach: { file: 'f_1' } }])
  })

  it('is tried again by itself while the network is away, and by hand after a refusal', async () => {
    const desk = openDesk([offline, refused, kept('f_1')])
    await desk.connect()
    await desk.pins.addPicture(C, picture(), '截图.png')
    expect(desk.pins.of(C)[0]).toMatchObject({ phase: 'sending', attach: null })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(desk.pins.of(C)[0]).toMatchObject({ phase: 'failed', problem: '这个文件不是图片' })
    desk.composers.submit(C)
    expect(desk.sends()).toEqual([])
    await desk.pins.retry(C, desk.pins.of(C)[0]!.key)
    expect(desk.pins.of(C)[0]).toMatchObject({ phase: 'ready', attach: { file: 'f_1' } })
  })

  it('outlives a reload, but is not offered again once it was handed over', async () => {
    const before = openDesk([kept('f_1')])
    await before.pins.addPicture(C, picture(), '截图.png')
    const after = openDesk([kept('f_2')])
    expect(after.pins.of(C)).toMatchObject([{ title: '截图.png', attach: { file: 'f_1' } }])
    after.composers.submit(C)
    expect(openDesk().pins.of(C)).toEqual([])
  })

  it('several go out one after the other, the words with the first', async () => {
    const desk = openDesk([kept('f_1'), kept('f_2')])
    await desk.connect()
    await desk.pins.addPicture(C, picture(), '一')
    await desk.pins.addPicture(C, picture(), '二')
    desk.pins.addCard(C, CARD, '双人帐')
    desk.composers.setText(C, '您看😊')
    desk.composers.submit(C)
    desk.ack(desk.sends()[0]!.id, 1)
    desk.ack(desk.sends()[1]!.id, 2)
    expect(desk.sends()).toMatchObject([
      { text: '您看😊', attach: { file: 'f_1' } },
      { text: '', attach: { file: 'f_2' } },
      { text: '', attach: CARD },
    ])
  })

  it('stays on the message that the guard refused', async () => {
    const desk = openDesk()
    await desk.connect()
    desk.pins.addCard(C, CARD, '双人帐')
    desk.composers.setText(C, '加我微信')
    desk.composers.submit(C)
    desk.say({ t: 'refused', id: desk.sends()[0]!.id, code: 'guard', verdict: 'block', message: '先别发', hits: [] })
    expect(desk.pins.of(C)).toHaveLength(1)
    expect(desk.composers.of(C)).toMatchObject({ text: '加我微信', sending: null })
  })

  it('comes back with its words when the refusal was late', async () => {
    const desk = openDesk()
    await desk.connect()
    desk.pins.addCard(C, CARD, '双人帐')
    desk.composers.setText(C, '加我微信')
    desk.composers.submit(C)
    await vi.advanceTimersByTimeAsync(1_500)
    desk.composers.setText(C, '下一句')
    desk.say({ t: 'refused', id: desk.sends()[0]!.id, code: 'guard', verdict: 'block', message: '先别发', hits: [] })
    expect(desk.composers.returned).toMatchObject([{ text: '加我微信', attach: CARD }])
    desk.composers.takeBack(desk.composers.returned[0]!.id, true)
    expect(desk.composers.of(C).text).toBe('下一句\n加我微信')
    expect(desk.pins.of(C)).toMatchObject([{ attach: CARD }])
  })
})

describe('drawing on a picture', () => {
  const size = { width: 400, height: 300 }

  it('keeps what is drawn inside the picture, from whichever corner', () => {
    expect(areaOf({ x: 500, y: 200 }, { x: -20, y: 100 }, size)).toEqual({ x: 0, y: 100, width: 400, height: 100 })
    expect(isSlip(areaOf({ x: 5, y: 5 }, { x: 7, y: 90 }, size))).toBe(true)
  })

  it('can be done with the keys alone', () => {
    const moved = nudge(middle(size), 'ArrowRight', false, size)!
    expect(moved[0].x).toBeCloseTo(400 / 3 + 12)
    const grown = nudge(moved, 'ArrowDown', true, size)!
    expect(grown[0]).toEqual(moved[0])
    expect(grown[1].y).toBeCloseTo(209)
    expect(nudge(moved, 'a', false, size)).toBeNull()
  })

  it('makes lines and blocks large enough for large pictures', () => {
    expect(scaleOf({ width: 4000, height: 3000 }).block).toBeGreaterThan(80)
    expect(scaleOf({ width: 80, height: 60 })).toEqual({ line: 3, block: 12 })
    const [left, right] = arrowHead({ x: 0, y: 0 }, { x: 100, y: 0 }, 10)
    expect(left.x).toBeCloseTo(right.x)
    expect(left.y).toBeCloseTo(-right.y)
  })
})

const event = (kind: string, role: 'buyer' | 'agent' | 'system', more: Partial<LogEvent> = {}): LogEvent => ({
  seq: 1,
  at: 1,
  kind,
  from: { role, id: 'x', name: role === 'system' ? '' : '小林' },
  ...more,
})

describe('a smile', () => {
  it('is asked for in the first line and the farewell, and nowhere else', () => {
    const spoken = [event('message', 'agent', { text: '您好😊' })]
    expect(smileHint('您好，我是小林', [])?.rewrite).toBe('您好，我是小林😊')
    expect(smileHint('您好😊', [])).toBeNull()
    expect(smileHint('这款有现货', spoken)).toBeNull()
    expect(smileHint('感谢您的光临，再见', spoken)?.severity).toBe('hint')
    expect(smileHint('', [])).toBeNull()
  })

  it('is asked for again when a new reception begins', () => {
    expect(smileHint('您好', [event('message', 'agent'), event('closed', 'agent'), event('reopened', 'buyer')])).not.toBeNull()
  })
})

describe('what happened between the messages', () => {
  it('is told in one line, with the note of whoever passed it on', () => {
    expect(told(event('assigned', 'agent', { agent: 'a_2', name: '阿昭', text: '老客，喜欢轻的' }))).toBe('小林 把会话转给了 阿昭：老客，喜欢轻的')
    expect(told(event('assigned', 'system', { agent: 'a_2', name: '阿昭' }))).toBe('阿昭 接手了会话')
    expect(told(event('rated', 'buyer', { stars: 5 }))).toBe('买家给了 5 星')
    expect(told(event('something-new', 'system'))).toBe('')
  })
})
