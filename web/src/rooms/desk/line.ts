import { defineStore } from 'pinia'
import { ref } from 'vue'

import { browserStorage } from '@/kit/storage'
import { createLive, type Live, type Phase, type Signal } from '@/live/client'
import { storedOutbox } from '@/live/ports'
import { useSession } from '@/rooms/staff/session'

/** The desk's one line to the server. */
export const useLine = defineStore('line', () => {
  const session = useSession()
  const phase = ref<Phase>('stopped')
  let live: Live | null = null
  let first = true

  /** Opens the line for `account`; everything heard goes to `on`. */
  function open(account: string, on: (signal: Signal) => void): Live {
    close()
    first = true
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
    live = createLive({
      url: `${scheme}://${location.host}/ws`,
      storage: storedOutbox(browserStorage(), `jinpai.outbox.${account}.`),
      hello: greet,
      on(signal) {
        if (signal.t === 'phase') phase.value = signal.phase
        if (signal.t === 'ended') session.leave(signal.message)
        on(signal)
      },
    })
    window.addEventListener('online', nudge)
    document.addEventListener('visibilitychange', nudge)
    return live
  }

  /** A session may have ended, or begun anew in another window, while the line was down. */
  async function greet() {
    if (!first) await session.refresh()
    first = false
    return session.me ? ({ as: 'agent', csrf: session.csrf() } as const) : null
  }

  function nudge(): void {
    if (document.visibilityState === 'visible') live?.nudge()
  }

  function close(): void {
    window.removeEventListener('online', nudge)
    document.removeEventListener('visibilitychange', nudge)
    live?.stop()
    live = null
  }

  return { phase, open, close, nudge, live: () => live }
})
