/** The conversation as the chat window shows it; knows nothing of the page. */

import { createLive, type Live, type Signal } from '../src/live/client'
import type { Attach, LogEvent, QueueFrame, ServiceFrame } from '../src/live/frames'
import { newClientId } from '../src/live/ids'
import type { OutboxStorage, Pending } from '../src/live/ports'
import { storedOutbox } from '../src/live/ports'
import { createAlbum } from './album'
import { Refused, type Shop, type Visit } from './shop'
import { createUploads, type Upload } from './uploads'
import { words } from './words'

const TYPING_MS = 5_000
const RENEW_MS = 15_000

export interface Failed {
  id: string
  text: string
  attach?: Attach
  reason: string
}

export interface TalkState {
  phase: 'idle' | 'connecting' | 'open' | 'away' | 'failed'
  problem: string
  shop: string
  /** Whether the shop's own site vouched for who this is. */
  known: boolean
  events: LogEvent[]
  /** Nothing at or before this seq has been loaded. */
  floor: number
  loadingOlder: boolean
  pending: Pending[]
  failed: Failed[]
  uploads: readonly Upload[]
  queue: QueueFrame | null
  service: ServiceFrame | null
  /** What the buyer answered to the question for a rating, under that question's seq. */
  rated: { seq: number; stars: number } | null
  readByShop: number
  readByMe: number
  typing: boolean
  limit: number
}

export function createTalk(shop: Shop, area: Storage | null, onChange: () => void) {
  const state: TalkState = {
    phase: 'idle',
    problem: '',
    shop: '',
    known: false,
    events: [],
    floor: 0,
    loadingOlder: false,
    pending: [],
    failed: [],
    uploads: [],
    queue: null,
    service: null,
    rated: null,
    readByShop: 0,
    readByMe: 0,
    typing: false,
    limit: 5_000,
  }
  const album = createAlbum(async (file, thumb) => shop.file(token(), file, thumb))
  const uploads = createUploads({
    put: async (blob, onShare) => shop.upload(token(), blob, onShare),
    arrived(upload, file) {
      album.adopt(file, upload.url, [upload.width, upload.height])
      send('', { id: upload.id, attach: { kind: 'image', file } })
    },
    changed: onChange,
  })
  state.uploads = uploads.list
  let visit: Visit | null = null
  let live: Live | null = null
  let typingTimer: ReturnType<typeof setTimeout> | undefined

  /** Opens the chat once; calling it again after a failure tries again. */
  async function start(): Promise<void> {
    if (state.phase !== 'idle' && state.phase !== 'failed') return
    state.phase = 'connecting'
    onChange()
    try {
      visit = await shop.visit()
      state.shop = visit.shop.name
      state.known = visit.buyer.known
      await begin(visit)
    } catch (error) {
      state.phase = 'failed'
      state.problem = (error instanceof Refused && error.message) || words.noService
      onChange()
    }
  }

  /** The buyer's token; fails like the network does while the chat is not open yet. */
  function token(): string {
    if (!visit) throw new TypeError('not open')
    return visit.token
  }

  const outboxOf = ({ conversation }: Visit) => storedOutbox(area, `jinpai.chat.${conversation}.`)
  /** What the buyer said before the chat was open. */
  const early = storedOutbox(area, `jinpai.chat.early.${shop.channel}.`)
  state.pending = early.all()

  async function begin(current: Visit): Promise<void> {
    const page = await shop.history(current.token)
    state.events = page.events
    state.floor = Math.max(0, page.first - 1)
    live?.stop()
    live = createLive({
      url: shop.socket,
      storage: outboxOf(current),
      hello: async () => ({ as: 'buyer', token: current.token }),
      on,
    })
    state.pending = live.unanswered()
    live.follow(current.conversation, state.events.at(-1)?.seq ?? 0)
    live.start()
    visit = current
    sendAll(early)
    uploads.resume()
  }

  function on(signal: Signal): void {
    switch (signal.t) {
      case 'phase':
        if (signal.phase === 'open') {
          state.phase = 'open'
          uploads.resume()
        } else if (state.phase === 'open') state.phase = 'away'
        break
      case 'ended':
        return renew()
      case 'welcome':
        state.limit = signal.limits.text
        if (signal.shop) state.shop = signal.shop.name
        break
      case 'events':
        append(signal.events)
        break
      case 'reset':
        state.events = []
        state.floor = signal.seq
        break
      case 'queue':
        state.queue = signal
        break
      case 'service':
        state.service = signal
        break
      case 'refused':
        if (!signal.sent) return
        settle([signal.id])
        state.failed.push({ id: signal.id, text: signal.sent.text, attach: signal.sent.attach, reason: signal.message })
        break
      case 'read':
        if (signal.who === 'agent') state.readByShop = Math.max(state.readByShop, signal.seq)
        else state.readByMe = Math.max(state.readByMe, signal.seq)
        break
      case 'typing':
        if (signal.who !== 'agent') return
        state.typing = true
        clearTimeout(typingTimer)
        typingTimer = setTimeout(() => setTyping(false), TYPING_MS)
        break
    }
    onChange()
  }

  function append(events: LogEvent[]): void {
    state.events.push(...events)
    settle(events.map((event) => event.id ?? ''))
    if (events.some((event) => event.from.role !== 'buyer')) state.typing = false
  }

  function settle(ids: string[]): void {
    state.pending = state.pending.filter((message) => !ids.includes(message.id))
  }

  function setTyping(typing: boolean): void {
    state.typing = typing
    onChange()
  }

  /** The token is no longer good: asks for another one, patiently. */
  function renew(): void {
    const before = visit
    state.phase = 'away'
    onChange()
    const again = async () => {
      try {
        const fresh = await shop.visit()
        await begin(fresh)
        visit = fresh
      } catch {
        setTimeout(() => void again(), RENEW_MS)
        return
      }
      if (before && before.conversation !== visit.conversation) moveUnsent(before)
    }
    setTimeout(() => void again(), 1_000)
  }

  /** What waited for a conversation this browser may no longer enter goes into the new one. */
  function moveUnsent(before: Visit): void {
    sendAll(outboxOf(before))
  }

  function sendAll(box: OutboxStorage): void {
    for (const { id, text, attach } of box.all()) {
      send(text, { id, attach })
      box.remove(id)
    }
  }

  /** Puts the message on its way; what is said before the chat is open goes as soon as it is. */
  function send(text: string, { id = newClientId(), attach }: { id?: string; attach?: Attach } = {}): void {
    if (!live || !visit) {
      early.put({ id, c: '', text, ...(attach && { attach }), confirm: false, at: Date.now(), after: 0 })
      state.pending = early.all()
      onChange()
      return
    }
    const c = visit.conversation
    live.send(c, text, { id, attach })
    state.pending = live.unanswered().filter((message) => message.id === id || state.pending.some((one) => one.id === message.id))
    onChange()
  }

  function takeFailed(id: string): Failed | undefined {
    const failed = state.failed.find((message) => message.id === id)
    state.failed = state.failed.filter((message) => message.id !== id)
    onChange()
    return failed
  }

  /** Rejects with Refused when the server did not take it. */
  async function rate(seq: number, stars: number, text: string): Promise<void> {
    await shop.rate(token(), stars, text)
    state.rated = { seq, stars }
    onChange()
  }

  async function older(): Promise<void> {
    if (!visit || state.loadingOlder || state.floor === 0) return
    state.loadingOlder = true
    onChange()
    try {
      const page = await shop.history(visit.token, state.floor + 1)
      state.events.unshift(...page.events)
      state.floor = Math.max(0, page.first - 1)
    } catch {
      // The button stays; the buyer may press it again.
    }
    state.loadingOlder = false
    onChange()
  }

  return {
    state,
    start,
    send,
    older,
    takeFailed,
    rate,
    uploads,
    album,
    nudge: () => live?.nudge(),
    stop(): void {
      live?.stop()
      void album.close()
    },
    orders: () => shop.orders(token()),
    typing: () => visit && live?.typing(visit.conversation),
    now: () => live?.now() ?? Date.now(),

    /** The buyer has seen everything shown. */
    seen(): void {
      const last = state.events.at(-1)?.seq ?? 0
      if (!visit || last <= state.readByMe) return
      state.readByMe = last
      live?.read(visit.conversation, last)
      onChange()
    },

    /** Messages to the buyer that came since they last looked. */
    unread: () =>
      state.events.filter((event) => event.kind === 'message' && event.from.role !== 'buyer' && event.seq > state.readByMe).length,
  }
}

export type Talk = ReturnType<typeof createTalk>
