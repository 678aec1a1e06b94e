import type { components } from '@/api/schema'
import { http, take } from '@/kit/http'

export type Task = components['schemas']['TaskView']
export type TaskKind = components['schemas']['TaskKindView']
export type TaskChoices = components['schemas']['TaskChoices']
export type Invoice = components['schemas']['InvoiceForm']
export type Department = Task['department']
export type To = Task['state']

export const DEPARTMENTS: readonly Department[] = ['warehouse', 'logistics', 'finance', 'aftersale', 'operations', 'design']

/** Roles that may hand over and work on what was handed over. */
export const DOERS = ['agent', 'supervisor', 'operations', 'owner']
/** Roles that move what a colleague has. */
export const LEADERS = ['supervisor', 'owner']

/** How a state is marked: what waits for us stands out, what is over steps back. */
export function markOf(task: Task): string {
  if (task.late) return 'late'
  return { open: 'wait', taken: 'gold', done: 'done', returned: 'wait', dropped: '' }[task.state]
}

/** What this person may do with it, the likeliest first; those that need words come with a line to write. */
export function movesOf(task: Task, me: { id: string; role: string } | null): To[] {
  if (!me || !DOERS.includes(me.role)) return []
  const leads = LEADERS.includes(me.role)
  const isAsker = leads || task.asker === me.id
  if (task.state === 'returned') return isAsker ? ['open', 'dropped'] : ['open']
  if (task.state !== 'open' && task.state !== 'taken') return []
  const isFree = leads || task.owner === null || task.owner === me.id
  const work: To[] = isFree ? (task.owner === me.id && task.state === 'taken' ? ['done', 'returned'] : ['taken', 'done', 'returned']) : []
  return isAsker ? [...work, 'dropped'] : work
}

export const readChoices = (shop: string): Promise<TaskChoices> => take(http.GET('/api/v1/tasks/choices', { params: { query: { shop } } }))

export const handOver = (body: components['schemas']['TaskForm']): Promise<Task> => take(http.POST('/api/v1/tasks', { body }))

export const moveTask = (one: Task, to: To, words = ''): Promise<Task> =>
  take(http.POST('/api/v1/tasks/{task_id}/move', { params: { path: { task_id: one.id } }, body: { to, words } }))

export const revealInvoice = (one: Task): Promise<components['schemas']['InvoiceView']> =>
  take(http.POST('/api/v1/tasks/{task_id}/reveal', { params: { path: { task_id: one.id } }, body: {} }))
