import { defineStore } from 'pinia'
import { reactive, ref, shallowReactive } from 'vue'

import { http, Problem, take } from '@/kit/http'
import type { Signal } from '@/live/client'
import type { ConversationRow } from '@/live/frames'

import type { View } from './order'

/** The live list ends here; what lies further down is read page by page. */
export const LISTED = 200

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
  /** Up to which seq this agent has looked at a conversation, and how many messages were unanswered then. */
  const seen = shallowReactive(new Map<string, { seq: number; unread: number }>())

  function put(row: ConversationRow): void {
    if (row.status === 'new') return
    const known = rows.get(row.id)
    if (known && known.seq > row.seq) return
    rows.set(row.id, row)
    const looked = seen.get(row.id)
    if (looked && (row.seq <= looked.seq || row.unread < looked.unread)) seen.set(row.id, { ...looked, unread: row.unread })
  }

  /** A fresh list: open conversations that a whole list does not name have been closed meanwhile. */
  function replace(fresh: ConversationRow[]): void {
    const named = new Set(fresh.map((row) => row.id))
    const isWhole = fresh.length < LISTED
    for (const [id, row] of rows) if (isWhole && row.status === 'open' && !named.has(id)) rows.delete(id)
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

  /** This agent has looked at everything up to `seq`; the row may learn of those messages only later. */
  function markSeen(c: string, seq: number): void {
    const row = rows.get(c)
    const looked = seen.get(c)
    if (looked && looked.seq >= seq) return
    seen.set(c, { seq, unread: row && row.seq <= seq ? row.unread : (looked?.unread ?? 0) })
  }

  function unread(row: ConversationRow): number {
    const looked = seen.get(row.id)
    if (!looked) return row.unread
    return row.seq <= looked.seq ? 0 : Math.max(0, row.unread - looked.unread)
  }

  async function takeOver(c: string): Promise<void> {
    await take(http.POST('/api/v1/conversations/{conversation_id}/take', { params: { path: { conversation_id: c } }, body: {} }))
  }

  async function close(c: string): Promise<void> {
    await take(http.POST('/api/v1/conversations/{conversation_id}/close', { params: { path: { conversation_id: c } }, body: {} }))
  }

  return { rows, loaded, pages, on, more, fetchOne, markSeen, unread, takeOver, close }
})
