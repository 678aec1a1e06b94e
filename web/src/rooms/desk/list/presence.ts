import { defineStore } from 'pinia'
import { computed, shallowReactive } from 'vue'

import { http, take } from '@/kit/http'
import type { Signal } from '@/live/client'
import type { Presence } from '@/live/frames'
import { useSession } from '@/rooms/staff/session'

export type Status = Presence['status']
export const STATUSES: readonly Status[] = ['online', 'busy', 'away', 'off']

/** Somebody a conversation can be passed on to. */
export function isServing(person: Presence): boolean {
  return person.online && (person.status === 'online' || person.status === 'busy')
}

/** Who is at the desk, as the server last told it. */
export const usePresence = defineStore('presence', () => {
  const session = useSession()
  const people = shallowReactive(new Map<string, Presence>())
  const mine = computed(() => people.get(session.me?.id ?? ''))

  function put(person: Presence): void {
    people.set(person.account, person)
  }

  function on(signal: Signal): void {
    if (signal.t === 'presence') put(signal)
  }

  /** For pages without a line of their own. */
  async function load(): Promise<void> {
    for (const person of await take(http.GET('/api/v1/presence'))) put(person)
  }

  async function setMine(status: Status, line?: string): Promise<void> {
    put(await take(http.PUT('/api/v1/presence', { body: line === undefined ? { status } : { status, line } })))
  }

  /** Who else serves this shop: those who can take a buyer now first, the less busy before the busier. */
  function colleagues(shop: string): Presence[] {
    return [...people.values()]
      .filter((person) => person.account !== session.me?.id && person.shops.includes(shop))
      .sort((a, b) => Number(isServing(b)) - Number(isServing(a)) || a.open / Math.max(1, a.capacity) - b.open / Math.max(1, b.capacity))
  }

  return { people, mine, on, load, setMine, colleagues }
})
