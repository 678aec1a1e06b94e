import type { components } from '@/api/schema'
import { http, take } from '@/kit/http'

export type IntentChoice = components['schemas']['IntentChoice']
export type Correction = components['schemas']['CorrectionView']
export type Heard = components['schemas']['IntentView']

const known = new Map<string, Promise<readonly IntentChoice[]>>()

/** Every intent of a shop, asked for once. */
export function intentsOf(shop: string): Promise<readonly IntentChoice[]> {
  const found = known.get(shop) ?? take(http.GET('/api/v1/copilot/intents', { params: { query: { shop } } })).then((list) => list.items)
  known.set(shop, found)
  found.catch(() => known.delete(shop))
  return found
}

/** Says that these words of the buyer meant something else. */
export const correct = (c: string, words: string, heard: string, meant: string): Promise<Correction> =>
  take(http.POST('/api/v1/conversations/{conversation_id}/corrections', { params: { path: { conversation_id: c } }, body: { words, heard, meant } }))

/** Takes a correction back. */
export const undo = (id: string): Promise<Correction> =>
  take(http.POST('/api/v1/copilot/corrections/{correction_id}/undo', { params: { path: { correction_id: id } }, body: {} }))
