import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'

import { http, Problem, take } from '@/kit/http'
import type { Live, Signal } from '@/live/client'
import type { ConversationRow } from '@/live/frames'
import { newClientId } from '@/live/ids'
import { useComposers } from '@/rooms/desk/composer/composers'
import { useThreads } from '@/rooms/desk/thread/threads'

/** The buyer of another client whom the agent is helping here, and what passes between the two windows. */
export const useCompanion = defineStore('companion', () => {
  const composers = useComposers()
  const threads = useThreads()
  const row = shallowRef<ConversationRow | null>(null)
  const opening = ref(false)
  const problem = ref('')
  /** The buyer's words not kept yet: repeated under the same id, so that a second try never leaves two. */
  const line = ref({ id: '', text: '' })
  const carrying = ref(false)
  const lineProblem = ref('')
  /** The reply just kept; `copied` once it is on the clipboard. */
  const reply = ref<{ text: string; copied: boolean } | null>(null)
  const onTheirWay = new Map<string, string>()

  /** Finds the buyer's conversation by the name they have in the other client. */
  async function open(shop: string, buyer: string): Promise<void> {
    opening.value = true
    problem.value = ''
    try {
      const found = await take(http.POST('/api/v1/companion/conversations', { body: { shop, buyer } }))
      enter(found as unknown as ConversationRow)
    } catch (error) {
      problem.value = Problem.from(error).line
    }
    opening.value = false
  }

  function enter(found: ConversationRow): void {
    if (row.value?.id !== found.id) {
      line.value = { id: '', text: '' }
      reply.value = null
      lineProblem.value = ''
    }
    row.value = found
    threads.open(found.id, found.seq)
  }

  function leave(): void {
    row.value = null
  }

  function setLine(text: string): void {
    line.value = { id: newClientId(), text }
    lineProblem.value = ''
  }

  /** Keeps the buyer's words; false when that did not succeed and they still stand in the field. */
  async function carry(): Promise<boolean> {
    const text = line.value.text.trim()
    const conversation_id = row.value?.id
    if (!text || !conversation_id || carrying.value) return false
    carrying.value = true
    lineProblem.value = ''
    try {
      const body = { id: line.value.id, text }
      await take(http.POST('/api/v1/companion/conversations/{conversation_id}/lines', { params: { path: { conversation_id } }, body }))
      setLine('')
      reply.value = null
    } catch (error) {
      lineProblem.value = Problem.from(error).line
    }
    carrying.value = false
    return !lineProblem.value
  }

  /** Sends the draft through the guard; once kept, `on` hands it to the clipboard. */
  function submit(): void {
    const c = row.value?.id
    if (!c) return
    reply.value = null
    composers.submit(c)
    const { sending } = composers.of(c)
    if (sending) onTheirWay.set(sending.id, sending.text)
  }

  /** Hears what the line tells; `copy` puts a text on the clipboard and says whether it did. */
  function on(signal: Signal, copy: (text: string) => Promise<boolean>): void {
    if (signal.t === 'conv' && signal.conversation.id === row.value?.id) row.value = signal.conversation
    if (signal.t === 'refused') onTheirWay.delete(signal.id)
    if (signal.t !== 'ack') return
    const text = onTheirWay.get(signal.id)
    onTheirWay.delete(signal.id)
    if (text !== undefined) void handOver(text, copy)
  }

  async function handOver(text: string, copy: (text: string) => Promise<boolean>): Promise<void> {
    reply.value = { text, copied: await copy(text) }
  }

  /** A new line to the server, with what stood in the composers of this account. */
  function attach(live: Live, account: string, mayApprove: boolean): void {
    threads.attach(live)
    composers.attach(live, account, mayApprove)
    if (row.value) enter(row.value)
  }

  return { row, opening, problem, line, carrying, lineProblem, reply, open, enter, leave, setLine, carry, submit, handOver, on, attach }
})
