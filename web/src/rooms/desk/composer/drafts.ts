import { browserStorage, readJson, writeJson } from '@/kit/storage'
import type { Attach } from '@/live/frames'

export interface Draft {
  text: string
  note: string
}

/** A message that came back after its writer had moved on. */
export interface Returned {
  id: string
  c: string
  text: string
  attach?: Attach
  message: string
}

/** What an account has written and not sent, kept in this browser until it is sent or thrown away. */
export function createDrafts(account: string, area: Storage | null = browserStorage()) {
  const key = (c: string) => `jinpai.draft.${account}.${c}`
  const returnedKey = `jinpai.returned.${account}`

  return {
    load(c: string): Draft {
      const kept = (readJson(area, key(c)) ?? {}) as Partial<Draft>
      return { text: asText(kept.text), note: asText(kept.note) }
    },

    save(c: string, draft: Draft): void {
      writeJson(area, key(c), draft.text || draft.note ? draft : null)
    },

    loadReturned(): Returned[] {
      const kept = readJson(area, returnedKey)
      return Array.isArray(kept) ? kept.filter((item) => typeof item?.text === 'string' && typeof item?.c === 'string') : []
    },

    saveReturned(list: readonly Returned[]): void {
      writeJson(area, returnedKey, list.length ? list : null)
    },
  }
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
