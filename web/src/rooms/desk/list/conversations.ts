import { defineStore } from 'pinia'
import { reactive, ref, shallowReactive } from 'vue'

import { http, Problem, take } from '@/kit/http'
import type { Signal } from '@/live/client'
import type { ConversationRow } from '@/live/frames'

import type { View } from './order'

interface Page {
  phase: 'idle' | 'loading' | 'error'
  next: string | null
  asked: boolean
  problem: string
}

const newPage = (): Page => ({ phase: 'idle', next: null, asked: false, problem: '' })

/** The conversations this agent may see, as the server last told them. */
export const useConversations = defineStore('conversations', () => {
  const rows = shallowReactive(new Map<string, ConversationRow>())
  const loaded = ref(false)
  const pages = reactive<Record<View, Page>>({ mine: newPage(), queue: newPage(), all: newPage(), closed: newPage() })
  /** How many of a conversation's unanswered messages this agent has looked at. */
  const seen = shallowReactive(new Map<string, number>())

  function put(row: ConversationRow): void {
    if (row.status === 'new') return
    const known = rows.get(row.id)
    if (known && known.seq > row.seq) return
    rows.set(row.id, row)
    if ((seen.get(row.id) ?? 0) > row.unread) seen.set(row.id, row.unread)
  }

  /** A fresh list: open conversations it does not name have been closed meanwhile or lie further down. */
  function replace(fresh: ConversationRow[]): void {
    const named = new Set(fresh.map((row) => row.id))
    for (const [id, row] of rows) if (row.status === 'open' && !named.has(id)) rows.delete(id)
    fresh.forEach(put)
    loaded.value = true
  }

  function on(signal: Signal): void {
    if (signal.t === 'inbox') replace(signal.conversations)
    if (signal.t === 'conv') put(signal.conversation)
  }

  /** The next page of a view, for what the live list does not reach. */
  async function more(view: View): Promise<void> {
    const page = pages[view]
    if (page.phase === 'loading') return
    page.phase = 'loading'
    try {
      const query = page.next ? { view, cursor: page.next } : { view }
      const answer = await take(http.GET('/api/v1/conversations', { params: { query } }))
      for (const row of answer.items as unknown as ConversationRow[]) put(row)
      page.next = answer.next ?? null
      page.asked = true
      page.phase = 'idle'
    } catch (error) {
      page.problem = Problem.from(error).line
      page.phase = 'error'
    }
  }

  /** A conversation that the list has not shown yet; throws a `Problem`. */
  async function fetchOne(c: string): Promise<ConversationRow> {
    const row = (await take(
      http.GET('/api/v1/conversations/{conversation_id}', { params: { path: { conversation_id: c } } }),
    )) as unknown as ConversationRow
    put(row)
    return row
  }

  function markSeen(c: string): void {
    const row = rows.get(c)
    if (row) seen.set(c, row.unread)
  }

  const unread = (row: ConversationRow): number => Math.max(0, row.unread - (seen.get(row.id) ?? 0))

  async function takeOver(c: string): Promise<void> {
    await take(http.POST('/api/v1/conversations/{conversation_id}/take', { params: { path: { conversation_id: c } }, body: {} }))
  }

  async function close(c: string): Promise<void> {
    await take(http.POST('/api/v1/conversations/{conversation_id}/close', { params: { path: { conversation_id: c } }, body: {} }))
  }

  return { rows, loaded, pages, on, more, fetchOne, markSeen, unread, takeOver, close }
})
