import { onScopeDispose, watch } from 'vue'

import { http, take } from '@/kit/http'
import { usePaging } from '@/kit/paging'

/** So long a pause in typing asks the server. */
const PAUSE_MS = 250

/** Those whose erased data a file has brought back are for whoever can have it erased again. */
export const WHICH = ['all', 'bought', 'known', 'quiet', 'returned'] as const

export interface Wish {
  q: string
  which: (typeof WHICH)[number]
  segment: string
  shop: string
}

/** The list of customers that fit a wish; asks anew when the wish changes, keeps what is shown until the answer is here. */
export function useListing(wish: Wish) {
  let pause: ReturnType<typeof setTimeout> | undefined

  const paging = usePaging((cursor: string | null) => {
    const query = {
      which: wish.which,
      ...(wish.q.trim() && { q: wish.q.trim() }),
      ...(wish.shop && { shop: wish.shop }),
      ...(wish.segment && { segment: wish.segment }),
      ...(cursor && { cursor }),
    }
    return take(http.GET('/api/v1/customers', { params: { query } }))
  })

  watch(() => [wish.which, wish.shop, wish.segment], () => void paging.load.reload())
  watch(() => wish.q, () => {
    clearTimeout(pause)
    pause = setTimeout(() => void paging.load.reload(), PAUSE_MS)
  })
  onScopeDispose(() => clearTimeout(pause))
  return paging
}
