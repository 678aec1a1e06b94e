import { defineStore } from 'pinia'
import { reactive } from 'vue'

import type { components } from '@/api/schema'
import { http, take } from '@/kit/http'

/** A quick reply as it would be inserted into a conversation. */
export type Offer = components['schemas']['OfferView']
export type View = 'all' | 'used' | 'starred'

export interface Asked {
  q?: string
  folder?: string
  view?: View
  limit?: number
}

/** The replies that fit, best first, filled for this conversation. */
export async function findOffers(c: string, { q = '', folder = '', view = 'all', limit = 20 }: Asked, signal?: AbortSignal): Promise<Offer[]> {
  const query = { c, q, folder, limit, ...(view !== 'all' && { only: view }) }
  return take(http.GET('/api/v1/scripts/find', { params: { query }, ...(signal && { signal }) }))
}

/** The folders of a shop's shelf, and the stars one has set or taken since. */
export const useShelf = defineStore('shelf', () => {
  const folders = reactive(new Map<string, string[]>())
  const starred = reactive(new Map<string, boolean>())

  /** The uppermost folders, each once. */
  async function loadFolders(shop: string): Promise<void> {
    const found = await take(http.GET('/api/v1/scripts/folders', { params: { query: { shop } } }))
    folders.set(shop, [...new Set(found.map(({ folder }) => folder.split('/')[0] ?? ''))])
  }

  function isStarred(offer: Offer): boolean {
    return starred.get(offer.id) ?? offer.starred
  }

  /** Shows at once what was wanted, and takes it back when the server could not do it. */
  async function toggleStar(shop: string, offer: Offer): Promise<void> {
    const wanted = !isStarred(offer)
    starred.set(offer.id, wanted)
    try {
      await take(http.PUT('/api/v1/scripts/stars', { body: { shop, script: offer.id, starred: wanted } }))
    } catch (problem) {
      starred.set(offer.id, !wanted)
      throw problem
    }
  }

  return { folders, loadFolders, isStarred, toggleStar }
})
