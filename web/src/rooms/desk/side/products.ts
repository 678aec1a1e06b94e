import { defineStore } from 'pinia'
import { reactive } from 'vue'

import type { components } from '@/api/schema'
import { http, Problem, take } from '@/kit/http'

export type Product = components['schemas']['ProductView']
export type Sku = Product['skus'][number]

interface Shelf {
  phase: 'loading' | 'ready' | 'error'
  items: Product[]
  total: number
  problem: string
  asked: string
}

/** What was looked up last in each shop's products. */
export const useProducts = defineStore('products', () => {
  const shelves = reactive(new Map<string, Shelf>())

  async function find(shop: string, q: string): Promise<void> {
    const known = shelves.get(shop)
    if (known?.asked === q && known.phase !== 'error') return
    const shelf: Shelf = { phase: known?.items.length ? known.phase : 'loading', items: known?.items ?? [], total: known?.total ?? 0, problem: '', asked: q }
    shelves.set(shop, shelf)
    try {
      const answer = await take(http.GET('/api/v1/products', { params: { query: { shop, q } } }))
      if (shelves.get(shop)?.asked === q) shelves.set(shop, { ...shelf, phase: 'ready', items: answer.items, total: answer.total })
    } catch (error) {
      if (shelves.get(shop)?.asked === q) shelves.set(shop, { ...shelf, phase: 'error', problem: Problem.from(error).line })
    }
  }

  return { shelves, find }
})

/** The product's price, or its lowest where variants differ. */
export function priceOf(product: Product): { amount: string; isLowest: boolean } {
  const sorted = product.skus.map((sku) => sku.price).sort((a, b) => Number(a) - Number(b))
  return { amount: sorted[0]!, isLowest: Number(sorted.at(-1)) !== Number(sorted[0]) }
}

export function stockOf(product: Product): number {
  return product.skus.reduce((sum, sku) => sum + sku.stock, 0)
}
