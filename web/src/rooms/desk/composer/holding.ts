import { defineStore } from 'pinia'

import { useSession } from '@/rooms/staff/session'

import { useConversations } from '../list/conversations'
import { usePresence } from '../list/presence'
import { useThreads } from '../thread/threads'

interface Holder {
  id: string
  name: string
}

/** Whose buyer one writes to: with a colleague at the desk who serves them, two would answer in two voices. */
export const useHolding = defineStore('holding', () => {
  const session = useSession()
  const conversations = useConversations()
  const presence = usePresence()
  const threads = useThreads()
  /** Conversation → since which handing over, by its number in the log, one writes beside the colleague all the same. */
  const beside = new Map<string, number>()

  /** The colleague who serves this buyer now, also one who leads and takes no buyers of their own; null where it is oneself or somebody gone. */
  function other(c: string): Holder | null {
    const row = conversations.rows.get(c)
    if (row?.status !== 'open' || !row.agent || row.agent === session.me?.id) return null
    const person = presence.people.get(row.agent)
    return person?.online && person.status !== 'away' ? { id: row.agent, name: row.agent_name ?? person.name } : null
  }

  /** Whether a message stays in the composer: once after each handing over, the second time one means it. */
  function stops(c: string): boolean {
    const handed = threads.threads.get(c)?.events.findLast((event) => event.kind === 'assigned' || event.kind === 'reopened')?.seq ?? 0
    if (!other(c) || beside.get(c) === handed) return false
    beside.set(c, handed)
    return true
  }

  return { other, stops }
})
