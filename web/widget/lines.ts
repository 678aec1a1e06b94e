import type { Attach, LogEvent } from '../src/live/frames'
import { drawCard } from './cards'
import { el } from './dom'
import { drawPicture, drawUpload, type PictureDeeds, showShare } from './pictures'
import { drawRating } from './rating'
import type { Failed, TalkState } from './talk'
import type { Upload } from './uploads'
import { words } from './words'

/** A pause this long gets a time of its own, in milliseconds. */
const PAUSE_MS = 5 * 60_000

export interface Deeds extends PictureDeeds {
  older(): void
  again(id: string): void
  edit(id: string): void
  uploadAgain(id: string): void
  uploadDrop(id: string): void
  rate(seq: number, stars: number, text: string): Promise<void>
}

/** One line of the list. */
export interface Line {
  key: string
  /** What decides whether a line must be drawn anew; its small print changes in place. */
  face: string
  small: string
  draw(): HTMLElement
  /** Moves what moves within a drawn line. */
  move?(drawn: HTMLElement): void
}

/** Everything the list shows, from top to bottom. */
export function linesOf(state: TalkState, now: number, deeds: Deeds): Line[] {
  const lines: Line[] = []
  if (state.floor > 0) lines.push(earlier(state, deeds))
  let last = 0
  for (const event of state.events) {
    if (event.kind === 'closed') lines.push(separator(`closed ${event.seq}`, words.closed))
    if (event.kind === 'rated' && event.stars) lines.push(thanks(event.seq, event.stars))
    if (event.kind !== 'message') continue
    if (event.at - last > PAUSE_MS) lines.push(separator(`time ${event.seq}`, dayAndTime(event.at, now)))
    last = event.at
    lines.push(message(event, state.readByShop, deeds))
  }
  const isEmpty = !state.floor && !state.events.some((event) => event.kind === 'message')
  if (isEmpty && state.shop) lines.unshift(separator('intro', words.intro(state.shop), 'intro'))
  for (const upload of state.uploads) lines.push(onItsWay(upload, deeds))
  for (const { id, text, attach } of state.pending) {
    const small = state.phase === 'open' ? words.sending : words.waiting
    lines.push({ key: id, face: 'pending', small, draw: () => bubble('m me pending', words.you, own(text, attach, deeds)) })
  }
  for (const one of state.failed) lines.push(failed(one, deeds))
  if (state.typing) lines.push(separator('typing', words.typing, 'typing'))
  lines.push(...rating(state, deeds))
  return lines
}

/** The shop's question how it was, as long as it stands. */
function rating({ events, rated }: TalkState, deeds: Deeds): Line[] {
  const asked = events.findLast(({ kind, from }) => ['rate', 'rated', 'reopened'].includes(kind) || (kind === 'message' && from.role === 'buyer'))
  if (asked?.kind !== 'rate') return []
  if (rated?.seq === asked.seq) return [thanks(asked.seq, rated.stars)]
  const draw = () => drawRating((stars, text) => deeds.rate(asked.seq, stars, text))
  return [{ key: `rate ${asked.seq}`, face: 'asked', small: '', draw }]
}

function thanks(seq: number, stars: number): Line {
  return separator(`rated ${seq}`, words.rated(stars, words.stars[stars - 1] ?? ''))
}

function message(event: LogEvent, readByShop: number, deeds: Deeds): Line {
  const { role, name } = event.from
  const time = hourMinute(event.at)
  const mine = role === 'buyer'
  const isRobot = role === 'assistant'
  const who = mine ? words.you : isRobot ? words.automatic : [name, words.human].filter(Boolean).join(' · ')
  const small = mine ? `${time} ${event.seq <= readByShop ? words.read : words.delivered}` : `${who} ${time}`
  const look = `m${mine ? ' me' : ''}${isRobot ? ' auto' : ''}`
  const text = event.erased ? words.erased : (event.text ?? '')
  return {
    key: event.id || String(event.seq),
    face: `event ${text}`,
    small,
    draw: () => bubble(look, who, contents(event, text, who, deeds)),
  }
}

function contents({ attach }: LogEvent, text: string, who: string, deeds: Deeds): Content {
  if (!attach) return { text }
  const card = attach.kind === 'image' ? drawPicture(attach, who, deeds) : drawCard(attach)
  return { text, card: card ?? undefined }
}

/** The buyer's own message before the server has answered. */
function own(text: string, attach: Attach | undefined, deeds: Deeds): Content {
  if (!attach) return { text }
  if (attach.kind === 'image') {
    const [width, height] = deeds.album.shape(attach.file)
    const shown = { ...attach, width, height, bytes: 0, type: '' }
    return { text, card: drawPicture(shown, words.you, deeds) }
  }
  return { text: text || (attach.kind === 'order' ? words.orderTail(attach.order) : words.product) }
}

interface Content {
  text: string
  card?: HTMLElement
}

function bubble(look: string, who: string, { text, card }: Content, ...more: Node[]): HTMLElement {
  const node = el('div', { class: look })
  const name = el('span', { class: 'unseen' }, `${who}：`)
  if (text || !card) node.append(el('div', { class: 'b', dir: 'auto' }, name, text))
  else node.append(name)
  if (card) node.append(card)
  node.append(el('span', { class: 'tk' }), ...more)
  return node
}

function failed({ id, text, attach, reason }: Failed, deeds: Deeds): Line {
  const draw = () => {
    const again = el('button', { type: 'button', onclick: () => deeds.again(id) }, words.again)
    const edit = el('button', { type: 'button', onclick: () => deeds.edit(id) }, attach ? words.drop : words.edit)
    return bubble('m me failed', words.you, own(text, attach, deeds), el('span', { class: 'deeds' }, again, edit))
  }
  return { key: id, face: 'failed', small: words.failed(reason), draw }
}

function onItsWay(upload: Upload, deeds: Deeds): Line {
  const { id, phase, problem, share } = upload
  const isStuck = phase === 'waiting' || phase === 'failed'
  const moving = phase === 'preparing' ? words.preparing : words.uploading(Math.round(share * 100))
  const draw = () => {
    const again = el('button', { type: 'button', onclick: () => deeds.uploadAgain(id) }, words.again)
    const drop = el('button', { type: 'button', onclick: () => deeds.uploadDrop(id) }, words.drop)
    const look = phase === 'failed' ? 'm me failed' : 'm me pending'
    const more = isStuck ? [el('span', { class: 'deeds' }, again, drop)] : []
    return bubble(look, words.you, { text: '', card: drawUpload(upload) }, ...more)
  }
  const small = isStuck ? problem : moving
  return { key: id, face: `upload ${upload.url} ${isStuck ? phase : ''}`, small, draw, move: (drawn) => showShare(drawn, upload) }
}

function separator(key: string, text: string, look = ''): Line {
  return { key, face: text, small: '', draw: () => el('p', { class: `sep ${look}` }, text) }
}

function earlier(state: TalkState, deeds: Deeds): Line {
  const text = state.loadingOlder ? words.loading : words.earlier
  return { key: 'earlier', face: text, small: '', draw: () => el('button', { type: 'button', class: 'sep earlier', onclick: deeds.older }, text) }
}

function hourMinute(at: number): string {
  const date = new Date(at)
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`
}

function dayAndTime(at: number, now: number): string {
  const midnight = (time: number) => new Date(time).setHours(0, 0, 0, 0)
  const days = Math.round((midnight(now) - midnight(at)) / 86_400_000)
  if (days <= 0) return words.today(hourMinute(at))
  if (days === 1) return words.yesterday(hourMinute(at))
  return words.day(new Date(at).getMonth() + 1, new Date(at).getDate(), hourMinute(at))
}
