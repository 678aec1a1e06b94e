import { onScopeDispose, watch } from 'vue'

import { download } from '@/kit/download'
import { http, take } from '@/kit/http'
import { usePaging } from '@/kit/paging'

import type { Kin, Order, State } from './orders'

/** So long a pause in typing asks the server. */
const PAUSE_MS = 250

/** An order of the list, with the orders beside it. */
export type Listed = Order & { kin: Kin[] }

export interface Wish {
  q: string
  state: State | ''
  shop: string
}

/** What a wish asks of the server. */
function queryOf(wish: Wish) {
  return { ...(wish.q.trim() && { q: wish.q.trim() }), ...(wish.state && { state: wish.state }), ...(wish.shop && { shop: wish.shop }) }
}

/** Takes the orders that fit along as a workbook. */
export async function exportOrders(wish: Wish): Promise<void> {
  const asked = http.POST('/api/v1/orders/export', { params: { query: queryOf(wish) }, body: {}, parseAs: 'blob' })
  download((await take(asked)) as Blob, 'orders.xlsx')
}

/** The list of orders that fit a wish; asks anew when the wish changes, keeps what is shown until the answer is here. */
export function useListing(wish: Wish) {
  let pause: ReturnType<typeof setTimeout> | undefined

  const paging = usePaging(async (cursor: string | null) => {
    const query = { ...queryOf(wish), ...(cursor && { cursor }) }
    const page = await take(http.GET('/api/v1/orders', { params: { query } }))
    return { ...page, items: page.items.map((order): Listed => ({ ...order, kin: page.kin[order.id] ?? [] })) }
  })

  watch(() => [wish.state, wish.shop], () => void paging.load.reload())
  watch(() => wish.q, () => {
    clearTimeout(pause)
    pause = setTimeout(() => void paging.load.reload(), PAUSE_MS)
  })
  onScopeDispose(() => clearTimeout(pause))
  return paging
}
