import { defineStore } from 'pinia'
import { reactive } from 'vue'

/** How many characters of a reply must be left in what is sent for it to count as a use of that reply. */
const LEFT = 6

/** Which quick reply the words in each composer come from. */
export const useSources = defineStore('sources', () => {
  const inserted = reactive(new Map<string, { script: string; text: string }>())

  /** These words of a reply were put into the composer; the newest counts. */
  function mark(c: string, script: string, text: string): void {
    inserted.set(c, { script, text })
  }

  /** The reply this message comes from, "" when little is left of it; it is forgotten with the first other message. */
  function of(c: string, message: string): string {
    const from = inserted.get(c)
    if (from && shares(message, from.text)) return from.script
    inserted.delete(c)
    return ''
  }

  return { mark, of }
})

/** Whether a stretch of the reply still stands in the message; a short reply must stand whole. */
export function shares(message: string, reply: string): boolean {
  const length = Math.min(LEFT, reply.trim().length)
  for (let at = 0; at + length <= reply.length; at++) {
    const piece = reply.slice(at, at + length)
    if (piece.trim().length === length && message.includes(piece)) return true
  }
  return false
}
