import { defineStore } from 'pinia'
import { reactive } from 'vue'

import { createBlobs } from '@/kit/blobs'
import { Problem } from '@/kit/http'
import { browserStorage, readJson, writeJson } from '@/kit/storage'
import type { Attach } from '@/live/frames'
import { newClientId } from '@/live/ids'

import { pictureUrl, upload } from './uploads'

const RETRY_MS = [1_000, 3_000, 8_000, 20_000]

/** What hangs on the message being written; `attach` is there once it can be sent. */
export interface Pin {
  key: string
  kind: Attach['kind']
  title: string
  detail: string
  phase: 'sending' | 'failed' | 'ready'
  problem: string
  url: string
  attach: Attach | null
}

/** Pictures and cards waiting to be sent with each conversation's next messages; they outlive a reload. */
export const usePins = defineStore('pins', () => {
  const pins = reactive(new Map<string, Pin[]>())
  const blobs = createBlobs('jinpai.pictures')
  let account = ''
  let onReady: (c: string) => void = () => {}

  const key = (c: string) => `jinpai.pins.${account}.${c}`

  function attach(id: string, ready: (c: string) => void): void {
    account = id
    onReady = ready
    pins.clear()
  }

  function of(c: string): Pin[] {
    if (!pins.has(c)) {
      const kept = readJson(browserStorage(), key(c))
      pins.set(c, Array.isArray(kept) ? (kept as Pin[]).filter((pin) => typeof pin?.key === 'string' && typeof pin.kind === 'string') : [])
      for (const pin of pins.get(c)!) if (!pin.attach) void restore(c, pin)
    }
    return pins.get(c)!
  }

  const first = (c: string): Pin | undefined => of(c)[0]

  function save(c: string): void {
    const kept = of(c).map((pin) => (pin.url.startsWith('blob:') ? { ...pin, url: '' } : pin))
    writeJson(browserStorage(), key(c), kept.length ? kept : null)
  }

  /** A picture that was not on the server when the page was closed goes on its way again. */
  async function restore(c: string, pin: Pin): Promise<void> {
    const blob = await blobs.get(pin.key)
    if (!blob) return remove(c, pin.key)
    pin.url = URL.createObjectURL(blob)
    await send(c, pin.key, blob)
  }

  function addCard(c: string, card: Attach, title: string, detail = '', url = ''): void {
    const pin: Pin = { key: newClientId(), kind: card.kind, title, detail, phase: 'ready', problem: '', url, attach: card }
    of(c).push(pin)
    save(c)
  }

  /** A card that came with a reply, unless it is there already. */
  function addOnce(c: string, card: Attach, title: string, detail: string): void {
    const told = JSON.stringify(card)
    if (!of(c).some((pin) => JSON.stringify(pin.attach) === told)) addCard(c, card, title, detail)
  }

  async function addPicture(c: string, blob: Blob, title: string): Promise<void> {
    const pin: Pin = {
      key: newClientId(),
      kind: 'image',
      title,
      detail: '',
      phase: 'sending',
      problem: '',
      url: URL.createObjectURL(blob),
      attach: null,
    }
    of(c).push(pin)
    await blobs.put(pin.key, blob)
    save(c)
    await send(c, pin.key, blob)
  }

  async function send(c: string, at: string, blob: Blob, tries = 0): Promise<void> {
    const pin = find(c, at)
    if (!pin) return
    pin.phase = 'sending'
    try {
      const kept = await upload(c, blob)
      pin.attach = { kind: 'image', file: kept.id }
      pin.phase = 'ready'
      pin.problem = ''
      if (!pin.url) pin.url = pictureUrl(kept.id, 'thumb')
      void blobs.remove(at)
      save(c)
      onReady(c)
    } catch (error) {
      const problem = Problem.from(error)
      pin.problem = problem.message
      const wait = [0, 408, 503].includes(problem.status) ? RETRY_MS[tries] : undefined
      if (wait === undefined) pin.phase = 'failed'
      else setTimeout(() => void send(c, at, blob, tries + 1), wait)
    }
  }

  function find(c: string, at: string): Pin | undefined {
    return of(c).find((pin) => pin.key === at)
  }

  async function retry(c: string, at: string): Promise<void> {
    const blob = await blobs.get(at)
    if (blob) await send(c, at, blob)
    else remove(c, at)
  }

  function remove(c: string, at: string): void {
    const pin = find(c, at)
    if (!pin) return
    if (pin.url.startsWith('blob:')) URL.revokeObjectURL(pin.url)
    if (!pin.attach) void blobs.remove(at)
    pins.set(c, of(c).filter((other) => other.key !== at))
    save(c)
  }

  /** What has been handed to the outbox is not offered a second time after a reload. */
  function forget(c: string, sent: Attach | undefined): void {
    const told = JSON.stringify(sent)
    for (const pin of of(c)) if (sent && JSON.stringify(pin.attach) === told) remove(c, pin.key)
  }

  return { pins, attach, of, first, addCard, addOnce, addPicture, retry, remove, forget }
})
