import { defineStore } from 'pinia'

import type { AdviceMark } from '@/live/frames'

import { shares } from './sources'

/** Which advice lies before the agent in each conversation, and which of its replies was put into the composer. */
export const useAdvised = defineStore('advised', () => {
  const shown = new Map<string, { id: string; texts: string[]; took: number }>()

  /** These replies are on the screen; what was taken from the same advice before stays taken. */
  function show(c: string, id: string, texts: readonly string[]): void {
    if (!id) shown.delete(c)
    else if (shown.get(c)?.id !== id) shown.set(c, { id, texts: [...texts], took: 0 })
  }

  /** One more reply came behind the others of this advice. */
  function add(c: string, id: string, place: number, text: string): void {
    const advice = shown.get(c)
    if (advice?.id === id) advice.texts[place - 1] = text
  }

  function hide(c: string): void {
    shown.delete(c)
  }

  /** This reply was put into the composer; the newest counts. */
  function take(c: string, text: string): void {
    const advice = shown.get(c)
    if (advice) advice.took = advice.texts.indexOf(text) + 1
  }

  /** What this message says of the advice: which reply it comes from, 0 when little is left of it or none was taken. */
  function of(c: string, message: string): AdviceMark | undefined {
    const advice = shown.get(c)
    if (!advice) return undefined
    const from = advice.texts[advice.took - 1]
    return { id: advice.id, took: from !== undefined && shares(message, from) ? advice.took : 0 }
  }

  return { show, add, hide, take, of }
})
