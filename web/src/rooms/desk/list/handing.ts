import { download } from '@/kit/download'
import { http, take } from '@/kit/http'
import type { Group } from '@/live/frames'

const at = (c: string) => ({ path: { conversation_id: c } })

/** The buyer's last words need no answer. */
export async function waive(c: string): Promise<void> {
  await take(http.POST('/api/v1/conversations/{conversation_id}/waive', { params: at(c), body: {} }))
}

export async function reopen(c: string): Promise<void> {
  await take(http.POST('/api/v1/conversations/{conversation_id}/reopen', { params: at(c), body: {} }))
}

export async function setTags(c: string, tags: string[]): Promise<void> {
  await take(http.PUT('/api/v1/conversations/{conversation_id}/tags', { params: at(c), body: { tags } }))
}

/** Passes the buyer on to a colleague, or back to the queue for a group. */
export async function transfer(c: string, target: { to: string } | { group: Group }, note: string): Promise<void> {
  const body = { to: null, group: null, ...target, note }
  await take(http.POST('/api/v1/conversations/{conversation_id}/transfer', { params: at(c), body }))
}

/** Takes what was said along as a workbook. */
export async function exportTalk(c: string): Promise<void> {
  const asked = http.POST('/api/v1/conversations/{conversation_id}/export', { params: at(c), body: {}, parseAs: 'blob' })
  download((await take(asked)) as Blob, 'conversation.xlsx')
}
