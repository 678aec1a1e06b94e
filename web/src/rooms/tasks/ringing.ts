import { words } from '@/kit/i18n'
import type { Signal } from '@/live/client'
import { router } from '@/router'
import { useBell } from '@/rooms/desk/bell'
import { useSession } from '@/rooms/staff/session'

/** Rings for who leads when something is late, for who asked once it ends or comes back, for whom it was given to. */
export function ringTasks(signal: Signal): void {
  if (signal.t !== 'task') return
  const me = useSession().me?.id
  const why = signal.late ? 'late' : signal.asker === me && (signal.state === 'done' || signal.state === 'returned') ? signal.state : signal.state === 'open' && signal.owner === me && signal.asker !== me ? 'open' : null
  if (why) useBell().call(words(`tasks.ring.${why}`), '', `${signal.id}:${why}`, () => void router.push({ name: 'task', params: { id: signal.id } }))
}
