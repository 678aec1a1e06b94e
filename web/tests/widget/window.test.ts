// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import type { LogEvent, ServerFrame } from '../../src/live/frames'
import { JinpaiChat } from '../../widget/element'
import { settle } from '../live/world'

const AT = 1_795_300_000_000
const AGENT = { role: 'agent', id: 'a_1', name: '小林' } as const
const BUYER = { role: 'buyer', id: 'b_1', name: '访客' } as const

class FakeSocket {
  static latest: FakeSocket
  sent: { t: string; id?: string; attach?: unknown }[] = []
  onopen: (() => void) | null = null
  onmessage: ((message: { data: string }) => void) | null = null
  onclose: ((close: { code: number }) => void) | null = null
  constructor() {
    FakeSocket.latest = this
  }
  send(text: string) {
    this.sent.push(JSON.parse(text))
  }
  close() {}
  say(frame: ServerFrame) {
    this.onmessage?.({ data: JSON.stringify(frame) })
  }
}

let rated: unknown[] = []
let refusal = ''

async function openChat({ history = [], language = 'zh-CN', page = {} }: { history?: LogEvent[]; language?: string; page?: Record<string, string> } = {}) {
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    if (url.includes('/session')) return Response.json({ token: 't', buyer: { id: 'b_1', name: '', known: false }, conversation: 'c_1', shop: { id: 'demo', name: '山野集' } })
    if (!url.includes('/rating')) return Response.json({ events: history, first: 0 })
    if (refusal) return Response.json({ detail: refusal }, { status: 400 })
    rated.push(JSON.parse(String(init.body)))
    return Response.json({})
  })
  const chat = document.createElement('jinpai-chat') as JinpaiChat
  chat.settings = { server: 'https://shop.example', channel: 'demo-web', identity: null, mark: '山', greeting: '', language }
  Object.assign(chat.dataset, page)
  document.body.append(chat)
  const root = chat.shadowRoot!
  root.querySelector<HTMLElement>('.fab')!.click()
  for (let turn = 0; turn < 6; turn++) await settle()
  const socket = FakeSocket.latest
  socket.onopen?.()
  socket.say({ t: 'welcome', as: 'buyer', me: { id: 'b_1', name: '' }, c: 'c_1', shop: { id: 'demo', name: '山野集' }, at: AT, limits: { text: 5000 } })
  const one = (selector: string) => root.querySelector<HTMLElement>(selector)!
  return { chat, root, socket, one, text: (selector: string) => one(selector).textContent }
}

const event = (seq: number, more: Partial<LogEvent>): LogEvent => ({ seq, at: AT + seq, kind: 'message', from: AGENT, text: '', id: `client-${seq}`, ...more })
const service = (more: Partial<Extract<ServerFrame, { t: 'service' }>>): ServerFrame => ({ t: 'service', open: true, opens_at: null, agent: null, by: 'assistant', minutes: 2, ...more })

beforeEach(() => {
  if (!customElements.get('jinpai-chat')) customElements.define('jinpai-chat', JinpaiChat)
  vi.stubGlobal('WebSocket', FakeSocket)
  localStorage.clear()
  rated = []
  refusal = ''
})
afterEach(() => document.body.replaceChildren())

describe('while the buyer waits', () => {
  it('tells the place in the queue until somebody answers, and then who', async () => {
    const chat = await openChat()
    chat.socket.say(service({}))
    chat.socket.say({ t: 'queue', position: 3, ahead: 2, minutes: 4 })
    expect(chat.text('.notice')).toBe('前面还有 2 位，大约等 4 分钟')
    chat.socket.say({ t: 'queue', position: 1, ahead: 0, minutes: 0 })
    expect(chat.text('.notice')).toContain('下一位就是您')
    chat.socket.say({ t: 'queue', position: 0, ahead: 0, minutes: 0 })
    chat.socket.say(service({ by: 'person', agent: '小林', minutes: 1 }))
    expect(chat.one('.notice').hidden).toBe(true)
    expect(chat.text('h2')).toBe('小林 人工客服')
    expect(chat.text('.who p')).toBe('一般 1 分钟内回复')
  })

  it('asks for a message when nobody is there, and says when people are back', async () => {
    const chat = await openChat()
    chat.socket.say(service({ open: false, opens_at: '08:30', by: 'nobody', minutes: 0 }))
    expect(chat.text('.notice')).toContain('08:30')
    expect(chat.one('textarea').getAttribute('placeholder')).toContain('留言')
    chat.socket.say(service({ by: 'nobody', minutes: 0 }))
    expect(chat.one('.notice').hidden).toBe(true)
    expect(chat.text('.who p')).toContain('留言')
  })
})

describe('cards', () => {
  it('show products, orders and steps as words, and open no dangerous address', async () => {
    const chat = await openChat({
      history: [
        event(1, { from: BUYER, attach: { kind: 'product', product: 'p', title: '溪崖双人帐', price: '459.00', url: 'javascript:alert(1)' } }),
        event(2, { attach: { kind: 'order', order: '202611216027', state: 'paid', title: '溪崖双人帐', amount: '459.00', count: 1 } }),
        event(3, { attach: { kind: 'step', step: 'pay', large: true, title: '怎么付款', lines: ['点「立即购买」', '输入密码'] } }),
      ],
    })
    const [product, order, steps] = chat.root.querySelectorAll('.card')
    expect(product!.textContent).toContain('¥459.00')
    expect(chat.root.querySelector('a')).toBeNull()
    expect(order!.textContent).toContain('订单尾号 6027')
    expect(order!.textContent).toContain('待发货')
    expect([...steps!.querySelectorAll('li')].map((line) => line.textContent)).toEqual(['点「立即购买」', '输入密码'])
    expect(steps!.classList.contains('large')).toBe(true)
  })

  it('offer the product of the page once, and the next one when the page changes', async () => {
    const chat = await openChat({ page: { product: 'tent', title: '溪崖双人帐', price: '459.00' } })
    chat.one('.tell').click()
    expect(chat.socket.sent.find((frame) => frame.t === 'send')).toMatchObject({ attach: { kind: 'product', product: 'tent' } })
    expect(chat.one('.offer').hidden).toBe(true)
    chat.chat.dataset.product = 'poles'
    expect(chat.one('.offer').hidden).toBe(false)
    chat.one('.offer .x').click()
    expect(chat.one('.offer').hidden).toBe(true)
    expect(chat.socket.sent.filter((frame) => frame.t === 'send')).toHaveLength(1)
  })
})

describe('the rating', () => {
  const asked = [event(1, { from: BUYER, text: '谢谢' }), event(2, { kind: 'closed' }), event(3, { kind: 'rate' })]

  it('is sent with its words, thanked for, and asked again when the server could not take it', async () => {
    const chat = await openChat({ history: asked })
    const stars = chat.root.querySelectorAll<HTMLElement>('[role=radio]')
    expect([...stars].map((star) => star.textContent)).toEqual(['很差', '较差', '一般', '满意', '很满意'])
    stars[3]!.click()
    chat.root.querySelector<HTMLTextAreaElement>('.rate textarea')!.value = ' 很耐心 '
    refusal = '稍等一下再评'
    chat.one('.rate .send').click()
    await settle()
    expect(chat.text('.rate [role=alert]')).toBe('稍等一下再评')
    refusal = ''
    chat.one('.rate .send').click()
    await settle()
    expect(rated).toEqual([{ stars: 4, words: '很耐心' }])
    expect(chat.text('.msgs')).toContain('谢谢您的评价：满意（4 星）')
    expect(chat.root.querySelector('.rate')).toBeNull()
  })

  it('is not asked where it was given, or once the talk goes on', async () => {
    const given = await openChat({ history: [...asked, event(4, { kind: 'rated', from: BUYER, stars: 5 })] })
    expect(given.root.querySelector('.rate')).toBeNull()
    expect(given.text('.msgs')).toContain('很满意（5 星）')
    document.body.replaceChildren()
    const goesOn = await openChat({ history: [...asked, event(4, { from: BUYER, text: '还有一件事' })] })
    expect(goesOn.root.querySelector('.rate')).toBeNull()
  })
})

describe('for everyone', () => {
  it('speaks English to an English page', async () => {
    const chat = await openChat({ language: 'en-GB', history: [event(1, { from: BUYER, text: 'hi' })] })
    expect(chat.one('.chat').lang).toBe('en')
    expect(chat.text('.send')).toBe('Send')
    expect(chat.text('.tk')).toContain('Delivered')
  })

  it('stands as far above the edge as the page asks, and follows its theme', async () => {
    const chat = await openChat({ page: { offset: '88', theme: 'dark' } })
    expect(chat.one('.chat').style.getPropertyValue('--jinpai-bottom')).toBe(`${88}px`)
    expect(chat.one('.chat').classList.contains('dark')).toBe(true)
    chat.chat.dataset.theme = 'light'
    expect(chat.one('.chat').classList.contains('dark')).toBe(false)
  })
})
