import { http, take } from '@/kit/http'
import { newClientId } from '@/live/ids'

import type { Status } from './wall'

/** Gives the conversation to this colleague, whoever serves it now; to oneself it is taking over. */
export async function assign(conversation: string, agent: string): Promise<void> {
  const params = { path: { conversation_id: conversation } }
  await take(http.POST('/api/v1/conversations/{conversation_id}/assign', { params, body: { agent } }))
}

/** Leaves a hint that only staff see. */
export async function whisper(conversation: string, text: string, id: string = newClientId()): Promise<void> {
  const params = { path: { conversation_id: conversation } }
  await take(http.POST('/api/v1/conversations/{conversation_id}/whisper', { params, body: { id, text } }))
}

/** Sets a colleague's status. */
export async function forceStatus(account: string, status: Status): Promise<void> {
  await take(http.PUT('/api/v1/presence/{account_id}', { params: { path: { account_id: account } }, body: { status } }))
}
