import { defineStore } from 'pinia'
import { reactive, ref } from 'vue'

import type { Signal } from '@/live/client'

/** When the ledger of promises has more to say of a conversation: what counts up is to be read again. */
export const usePromised = defineStore('promised', () => {
  const told = reactive(new Map<string, number>())
  const joined = ref(0)

  function on(signal: Signal): void {
    if (signal.t === 'promises') told.set(signal.c, (told.get(signal.c) ?? 0) + 1)
    if (signal.t === 'phase' && signal.phase === 'open') joined.value++
  }

  /** Moves with every word of the ledger on this conversation, and when the line is back. */
  const version = (c: string): number => joined.value + (told.get(c) ?? 0)

  return { on, version }
})
