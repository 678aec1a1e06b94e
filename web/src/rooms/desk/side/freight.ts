import { reactive } from 'vue'

import type { components } from '@/api/schema'
import { useDeed } from '@/kit/deed'
import { http, take } from '@/kit/http'

import type { Product } from './products'

export type Quote = components['schemas']['FreightQuoteView']
export type Offer = components['schemas']['FreightOfferView']

/** Goods that may be put into the parcel, one entry a variant. */
export interface Good {
  sku: string
  name: string
}

/** What is asked: an address as pasted or an order's, goods or a weight. */
export interface Question {
  to: string
  order: string
  goods: Map<string, { name: string; pieces: number }>
  weight: string
}

export function goodsOf(products: Product[]): Good[] {
  return products.flatMap((product) =>
    product.skus.map((sku) => ({ sku: sku.id, name: product.skus.length > 1 ? `${product.short} · ${sku.name}` : product.short })),
  )
}

/** A parcel for the buyer of one conversation, and the quote that was given last. */
export function useFreight() {
  const question = reactive<Question>({ to: '', order: '', goods: new Map(), weight: '' })
  const told = reactive<{ quote: Quote | null }>({ quote: null })
  const deed = useDeed()

  const ask = (shop: string) =>
    deed.run(async () => {
      told.quote = null
      const goods = Object.fromEntries([...question.goods].map(([sku, { pieces }]) => [sku, pieces]))
      const body = { shop, to: question.order ? '' : question.to, order: question.order || null, goods, weight: question.weight }
      told.quote = await take(http.POST('/api/v1/freight/quotes', { body: { size: '', amount: '', courier: '', ...body } }))
    })

  function clear(): void {
    Object.assign(question, { to: '', order: '', weight: '' })
    question.goods.clear()
    told.quote = null
    deed.problem.value = ''
  }

  return { question, told, busy: deed.busy, problem: deed.problem, ask, clear }
}
