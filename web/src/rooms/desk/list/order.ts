import { computed, type Ref, ref, watch } from 'vue'

import type { ConversationRow } from '@/live/frames'

export type View = 'mine' | 'queue' | 'all' | 'closed'
export const VIEWS: readonly View[] = ['mine', 'queue', 'all', 'closed']

/** From here on a buyer waits too long, in milliseconds. */
const WAITS_MS = 60_000
/** From here on the sale is nearly gone. */
const LATE_MS = 180_000

export type Patience = 'fresh' | 'wait' | 'late'

export function patience(waited: number): Patience {
  return waited >= LATE_MS ? 'late' : waited >= WAITS_MS ? 'wait' : 'fresh'
}

export function isIn(view: View, row: ConversationRow, me: string): boolean {
  if (view === 'closed') return row.status === 'closed'
  if (row.status !== 'open') return false
  return view === 'all' || row.agent === (view === 'mine' ? me : null)
}

/** Who waits longest comes first; where nobody waits, what moved last. */
export function byWaiting(a: ConversationRow, b: ConversationRow): number {
  if (a.waiting_since !== null && b.waiting_since !== null) return a.waiting_since - b.waiting_since
  if (a.waiting_since !== null) return -1
  if (b.waiting_since !== null) return 1
  return (b.last?.at ?? 0) - (a.last?.at ?? 0)
}

export function byLastMove(a: ConversationRow, b: ConversationRow): number {
  return (b.last?.at ?? 0) - (a.last?.at ?? 0)
}

/** The order to show while it must not jump: what was there stays where it is, what is new comes after it. */
export function frozenOrder(shown: readonly string[], wanted: readonly string[]): string[] {
  const known = new Set(shown)
  return [...shown, ...wanted.filter((id) => !known.has(id))]
}

/** Keeps rows still under the pointer; the new order applies when `held` ends or another list (`key`) is shown. */
export function useSteadyOrder(wanted: Ref<string[]>, held: Ref<boolean>, key: Ref<unknown>): Ref<string[]> {
  const shown = ref<string[]>([])
  watch(
    [wanted, held, key],
    ([ids, isHeld, now], [, , before]) => {
      shown.value = isHeld && now === before ? frozenOrder(shown.value, ids) : [...ids]
    },
    { immediate: true },
  )
  return computed(() => shown.value)
}
