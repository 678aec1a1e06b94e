import { defineStore } from 'pinia'
import { reactive } from 'vue'

import { words } from '@/kit/i18n'
import { browserStorage, readJson, writeJson } from '@/kit/storage'
import type { ConversationRow } from '@/live/frames'

const KEY = 'jinpai.bell'
/** "Ding-dong": two tones, in Hz, and how long each rings, in seconds. */
const TONES = [880, 660] as const
const RING_SECONDS = 0.35
/** Messages that come together ring once. */
const PAUSE_MS = 1_500

interface Wishes {
  sound: boolean
  notice: boolean
}

/** How this browser tells of new messages; what it may do was asked by a person's own click. */
export const useBell = defineStore('bell', () => {
  const kept = (readJson(browserStorage(), KEY) ?? {}) as Partial<Wishes>
  const wishes = reactive<Wishes>({ sound: kept.sound !== false, notice: kept.notice === true })
  let context: AudioContext | null = null
  let rangAt = 0

  function save(): void {
    writeJson(browserStorage(), KEY, { ...wishes })
  }

  function setSound(on: boolean): void {
    wishes.sound = on
    save()
    if (on) ring()
  }

  /** Asks the browser for its permission; false when it was refused. */
  async function setNotice(on: boolean): Promise<boolean> {
    const allowed = on && 'Notification' in window && (await Notification.requestPermission()) === 'granted'
    wishes.notice = allowed
    save()
    return allowed || !on
  }

  function ring(): void {
    if (Date.now() - rangAt < PAUSE_MS) return
    rangAt = Date.now()
    context ??= new AudioContext()
    void context.resume()
    TONES.forEach((tone, index) => note(context!, tone, context!.currentTime + index * RING_SECONDS * 0.6))
  }

  /** A buyer wrote: rings, and tells beside the page while nobody looks at it. */
  function tell(row: ConversationRow, open: () => void): void {
    call(words('bell.from', { name: row.buyer.name }), row.last?.text ?? '', row.id, open)
  }

  /** Rings, and tells these words beside the page while nobody looks at it; a click opens what they are about. */
  function call(title: string, body: string, tag: string, open: () => void): void {
    if (wishes.sound) ring()
    if (!wishes.notice || !document.hidden || !('Notification' in window) || Notification.permission !== 'granted') return
    const notice = new Notification(title, { body, tag, icon: '/favicon.svg' })
    notice.onclick = () => {
      window.focus()
      open()
      notice.close()
    }
  }

  return { wishes, setSound, setNotice, tell, call }
})

function note(context: AudioContext, tone: number, at: number): void {
  const [voice, volume] = [context.createOscillator(), context.createGain()]
  voice.frequency.value = tone
  volume.gain.setValueAtTime(0.001, at)
  volume.gain.exponentialRampToValueAtTime(0.2, at + 0.02)
  volume.gain.exponentialRampToValueAtTime(0.001, at + RING_SECONDS)
  voice.connect(volume).connect(context.destination)
  voice.start(at)
  voice.stop(at + RING_SECONDS)
}
