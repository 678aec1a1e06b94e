import type { components } from '@/api/schema'
import { http, take } from '@/kit/http'

export type Pledge = components['schemas']['PromiseView']
export type Ending = 'open' | 'kept' | 'broken' | 'void'

/** Says how a promise ended; answers with the promise as it now stands. */
export const settle = (one: Pledge, state: Ending, why = ''): Promise<Pledge> =>
  take(http.POST('/api/v1/promises/{promise_id}/settle', { params: { path: { promise_id: one.id } }, body: { state, why } }))
