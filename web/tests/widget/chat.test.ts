// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import type { LogEvent, ServerFrame } from '../../src/live/frames'
import { JinpaiChat } from '../../widget/element'
import { settle } from '../live/world'

const EVIL = '<img src=x onerror="alert(1)"><script>alert(2)</script>&lt;b&gt;'

class FakeSocket {
  static latest: FakeSocket
  sent: { t: string; id?: string; c?: string; text?: string }[] = []
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

function event(seq: number, role: 'buyer' | 'agent' | 'assistant', text: string): LogEvent {
  return { seq, at: Date.now(), kind: 'message', from: { role, id: 'x', name: role === 'agent' ? EVIL : '' }, text, id: `client-id-${seq}` }
}

let history: LogEvent[] = []
let conversation = 'c_1'
let asked: string[] = []

async function openChat() {
  const chat = document.createElement('jinpai-chat') as JinpaiChat
  chat.settings = { server: 'https://shop.example', channel: 'demo-web', identity: null, mark: '山', greeting: EVIL }
  document.body.append(chat)
  const root = chat.shadowRoot!
  root.querySelector<HTMLElement>('.fab')!.click()
  for (let turn = 0; turn < 6; turn++) await settle()
  const socket = FakeSocket.latest
  socket.onopen?.()
  socket.say({ t: 'welcome', as: 'buyer', me: { id: 'b_1', name: '访客' }, c: 'c_1', shop: { id: 'demo', name: EVIL }, at: Date.now(), limits: { text: 5000 } })
  const input = root.querySelector('textarea')!
  return {
    root,
    socket,
    input,
    lines: () => [...root.querySelectorAll('.m')].map((line) => line.textContent),
    press: (key: string) => input.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true })),
    write(text: string) {
      input.value = text
      input.dispatchEvent(new Event('input'))
      this.press('Enter')
    },
  }
}

beforeEach(() => {
  if (!customElements.get('jinpai-chat')) customElements.define('jinpai-chat', JinpaiChat)
  vi.stubGlobal('WebSocket', FakeSocket)
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    asked.push(`${init.method ?? 'GET'} ${new URL(url).pathname}`)
    const visit = { token: 'token-1', buyer: { id: 'b_1', name: '访客', known: false }, conversation, shop: { id: 'demo', name: '山野集' } }
    return Response.json(url.includes('/session') ? visit : { events: history, first: 0 })
  })
  localStorage.clear()
  history = []
  conversation = 'c_1'
  asked = []
})
afterEach(() => document.body.replaceChildren())

describe('the chat window', () => {
  it('shows what people wrote as text, wherever it appears', async () => {
    history = [event(1, 'buyer', EVIL), event(2, 'agent', EVIL)]
    const chat = await openChat()
    expect(chat.root.querySelectorAll('img, script, b, iframe')).toHaveLength(0)
    expect(chat.lines()[0]).toContain(EVIL)
    expect(chat.root.querySelector('h2')!.textContent).toContain(EVIL)
  })

  it('says in words who answers', async () => {
    history = [event(1, 'assistant', '马上来'), event(2, 'agent', '我是小林')]
    const chat = await openChat()
    expect(chat.lines()[0]).toContain('自动回复')
    expect(chat.lines()[1]).toContain('人工客服')
  })

  it('shows a message at once, then delivered, then read', async () => {
    const chat = await openChat()
    chat.write('在吗')
    expect(chat.lines()[0]).toContain('发送中')
    const { id } = chat.socket.sent.find((frame) => frame.t === 'send')!
    const said = { ...event(1, 'buyer', '在吗'), id: id! }
    chat.socket.say({ t: 'events', c: 'c_1', after: 0, seq: 1, events: [said] })
    chat.socket.say({ t: 'ack', id: id!, c: 'c_1', seq: 1, at: 1 })
    expect(chat.lines()).toHaveLength(1)
    expect(chat.lines()[0]).toContain('已送达')
    chat.socket.say({ t: 'read', c: 'c_1', who: 'agent', seq: 1 })
    expect(chat.lines()[0]).toContain('已读')
  })

  it('keeps the elements of lines that did not change, so that a reader hears only what is new', async () => {
    history = [event(1, 'agent', '您好')]
    const chat = await openChat()
    const first = chat.root.querySelector('.m')
    chat.socket.say({ t: 'events', c: 'c_1', after: 1, seq: 2, events: [event(2, 'agent', '在的')] })
    expect(chat.root.querySelector('.m')).toBe(first)
    expect(chat.lines()).toHaveLength(2)
  })

  it('says that the line is gone and keeps the message over a reload', async () => {
    const chat = await openChat()
    chat.socket.onclose?.({ code: 1006 })
    chat.write('断网时说的')
    expect(chat.root.querySelector('[role=status]')!.textContent).toContain('重连')
    expect(chat.lines()[0]).toContain('等网络恢复')
    document.body.replaceChildren()
    const again = await openChat()
    expect(again.lines()[0]).toContain('断网时说的')
    expect(again.socket.sent.filter((frame) => frame.t === 'send')).toMatchObject([{ text: '断网时说的' }])
  })

  it('takes what was not sent along when the shop opens another conversation', async () => {
    const chat = await openChat()
    chat.write('还没发出去的')
    vi.useFakeTimers()
    conversation = 'c_2'
    chat.socket.say({ t: 'bye', code: 'not_signed_in', message: '' })
    chat.socket.onclose?.({ code: 4001 })
    await vi.advanceTimersByTimeAsync(1_000)
    vi.useRealTimers()
    const socket = FakeSocket.latest
    expect(socket).not.toBe(chat.socket)
    socket.onopen?.()
    socket.say({ t: 'welcome', as: 'buyer', me: { id: 'b_2', name: '访客' }, c: 'c_2', at: Date.now(), limits: { text: 5000 } })
    expect(socket.sent.filter((frame) => frame.t === 'send')).toMatchObject([{ c: 'c_2', text: '还没发出去的' }])
    expect(chat.lines()).toHaveLength(1)
    expect(Object.keys(localStorage).filter((key) => key.startsWith('jinpai.chat.c_1'))).toEqual([])
  })

  it('hands a refused message back with the reason', async () => {
    const chat = await openChat()
    chat.write('太快了')
    const { id } = chat.socket.sent.find((frame) => frame.t === 'send')!
    chat.socket.say({ t: 'refused', id: id!, code: 'too_many', message: '发得太快了，请稍等' })
    expect(chat.lines()[0]).toContain('没有发出：发得太快了，请稍等')
    const [again, edit] = chat.root.querySelectorAll<HTMLElement>('.deeds button')
    expect(again!.textContent).toBe('再发一次')
    edit!.click()
    expect(chat.input.value).toBe('太快了')
    expect(chat.lines()).toEqual([])
  })

  it('keeps a half-written message over a reload', async () => {
    const chat = await openChat()
    chat.input.value = '写了一半'
    chat.input.dispatchEvent(new Event('input'))
    document.body.replaceChildren()
    expect((await openChat()).input.value).toBe('写了一半')
  })

  it('closes with Escape and counts what comes in meanwhile', async () => {
    const chat = await openChat()
    chat.press('Escape')
    expect(chat.root.querySelector<HTMLElement>('.w')!.hidden).toBe(true)
    chat.socket.say({ t: 'events', c: 'c_1', after: 0, seq: 1, events: [event(1, 'agent', '您好')] })
    const fab = chat.root.querySelector<HTMLElement>('.fab')!
    expect(fab.getAttribute('aria-label')).toBe('打开客服，1 条未读')
    expect(chat.socket.sent.filter((frame) => frame.t === 'read')).toEqual([])
    fab.click()
    expect(chat.socket.sent.filter((frame) => frame.t === 'read')).toMatchObject([{ seq: 1 }])
  })

  it('asks the shop for nothing until a new visitor opens it', async () => {
    const chat = document.createElement('jinpai-chat') as JinpaiChat
    chat.settings = { server: 'https://shop.example', channel: 'demo-web', identity: null, mark: '', greeting: '' }
    document.body.append(chat)
    await settle()
    expect(asked).toEqual([])
  })
})
