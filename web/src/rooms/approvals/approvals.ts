import { defineStore } from 'pinia'
import { computed, ref } from 'vue'

import type { components } from '@/api/schema'
import { http, take } from '@/kit/http'
import { words } from '@/kit/i18n'
import type { Signal } from '@/live/client'
import { useBell } from '@/rooms/desk/bell'
import { useSession } from '@/rooms/staff/session'

export type Approval = components['schemas']['ApprovalView']
export type Verdict = 'approved' | 'countered' | 'refused'

/** What agents ask supervisors for; kept up to date by the line, and read anew whenever that comes back. */
export const useApprovals = defineStore('approvals', () => {
  const session = useSession()
  const bell = useBell()
  const items = ref<Approval[]>([])
  const waiting = computed(() => items.value.filter((one) => one.state === 'waiting').sort((a, b) => a.closes_at - b.closes_at))

  async function load(): Promise<void> {
    if (!session.mayApprove()) return
    try {
      items.value = (await take(http.GET('/api/v1/approvals'))).items
    } catch {
      // The next frame, or the line when it comes back, asks again.
    }
  }

  async function answer(one: Approval, verdict: Verdict, off: string | null, text: string): Promise<void> {
    const params = { path: { request_id: one.id } }
    try {
      put(await take(http.POST('/api/v1/approvals/{request_id}/answer', { params, body: { verdict, off, words: text } })))
    } catch (problem) {
      void load()
      throw problem
    }
  }

  function put(changed: Approval): void {
    items.value = items.value.map((one) => (one.id === changed.id ? changed : one))
  }

  /** Rings for who may answer, and for who asked once there is an answer. */
  async function on(signal: Signal, open: (c: string) => void): Promise<void> {
    if (signal.t === 'phase' && signal.phase === 'open') return load()
    if (signal.t !== 'approval') return
    await load()
    const isMine = signal.agent === session.me?.id
    const one = items.value.find((other) => other.id === signal.id)
    if (signal.state === 'waiting' && !isMine && one) bell.call(words('approvals.ring', { agent: one.agent }), one.reason, one.id, () => open(signal.c))
    if (signal.state !== 'waiting' && isMine) bell.call(words('approvals.answered'), words(`approvals.is.${signal.state}`), signal.id, () => open(signal.c))
  }

  return { items, waiting, load, answer, on }
})
