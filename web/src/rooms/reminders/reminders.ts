import type { components } from '@/api/schema'
import { http, take } from '@/kit/http'

export type Reminder = components['schemas']['ReminderView']
export type Summary = components['schemas']['ReminderSummary']
export type Curve = components['schemas']['CurveView']
export type Outcome = components['schemas']['Call']['outcome']

export const TABS = ['planned', 'todo', 'sent', 'ended'] as const
export type Tab = (typeof TABS)[number]
export const OUTCOMES: readonly Outcome[] = ['will_pay', 'no_answer', 'question', 'refused']

/** Roles that may give a reminder, leave one out, note a call. */
export const DOERS = ['agent', 'supervisor', 'operations', 'owner']

/** How the end of a reminder is marked. */
export function markOf(reminder: Reminder): string {
  if (reminder.result === 'paid') return 'done'
  return { planned: 'wait', todo: 'wait', sending: 'wait', sent: '', cancelled: '', skipped: '', failed: 'late' }[reminder.state]
}

/** The word for where a reminder stands: what came of it once it was given, else its state. */
export function standing(reminder: Reminder): string {
  return reminder.state === 'sent' ? `reminders.result.${reminder.result}` : `reminders.state.${reminder.state}`
}

/** The share as whole percent; a dash where there is nothing to share. */
export function percent(part: number, whole: number): string {
  return whole ? `${Math.round((100 * part) / whole)}%` : '—'
}

const params = (id: string) => ({ path: { reminder_id: id } })

export const sendNow = (id: string) => take(http.POST('/api/v1/reminders/{reminder_id}/send', { params: params(id), body: {} }))
export const skip = (id: string, why: string) => take(http.POST('/api/v1/reminders/{reminder_id}/skip', { params: params(id), body: { why } }))
export const noteCall = (id: string, outcome: Outcome) =>
  take(http.POST('/api/v1/reminders/{reminder_id}/call', { params: params(id), body: { outcome } }))
