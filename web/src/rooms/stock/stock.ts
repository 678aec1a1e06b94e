import { computed, type ComputedRef, type Ref, ref, watchEffect } from 'vue'

import type { components } from '@/api/schema'
import { http, take } from '@/kit/http'
import { words } from '@/kit/i18n'
import { monthDay } from '@/kit/time'
import { useSession } from '@/rooms/staff/session'

type Schemas = components['schemas']
export type Stocked = Schemas['StockView']
export type StockPage = Schemas['StockPage']
export type Movement = Schemas['MovementView']
export type MovementPage = Schemas['MovementPage']
export type Reason = Schemas['CountForm']['reason']
export type Purchase = Schemas['PurchaseView']
export type PurchaseLine = Schemas['PurchaseLineView']
export type Short = Schemas['ShortView']
export type Supplier = Schemas['SupplierView']
export type Tally = Schemas['TallyForm']

const DAY = 86_400_000

export const VIEWS = ['all', 'low', 'missing'] as const
export const REASONS: readonly Reason[] = ['counted', 'damaged', 'lost', 'found', 'used', 'other']
/** Roles that may count, buy and shelve. */
export const KEEPERS = ['supervisor', 'operations', 'owner']
/** Roles that decide what is bought. */
export const DECIDERS = ['supervisor', 'owner']

/** The shop one looks at, one's first to begin with, and what one may do there. */
export function useShop(): { shop: Ref<string>; shops: ComputedRef<readonly { id: string; name: string }[]>; may: (roles: readonly string[]) => boolean } {
  const session = useSession()
  const shop = ref('')
  const shops = computed(() => session.me?.shops ?? [])
  watchEffect(() => (shop.value ||= shops.value[0]?.id ?? ''))
  return { shop, shops, may: (roles) => roles.includes(session.me?.role ?? '') }
}

/** A change as people write it: `+3`, `−2`, `0`. */
export const signed = (pieces: number): string => (pieces > 0 ? `+${pieces}` : pieces < 0 ? `−${-pieces}` : '0')

/** How a purchase's stage is marked: what waits for somebody stands out. */
export function markOf(one: Purchase): string {
  return { proposed: 'wait', approved: 'wait', sent: 'gold', receiving: 'gold', done: 'done', refused: '', cancelled: '' }[one.stage]
}

/** Whether a purchase should have been there by now. */
export const isOverdue = (one: Purchase, now: number): boolean => one.expected_at !== null && (one.stage === 'sent' || one.stage === 'receiving') && one.expected_at + DAY <= now

/** When a purchase should be there, in words; nothing once it has ended, or where nobody knows. */
export function expectedOf(one: Purchase, now: number): string {
  if (one.expected_at === null || one.ended_at) return ''
  return words(isOverdue(one, now) ? 'purchases.overdue' : 'purchases.expected', { day: monthDay(one.expected_at) })
}

export const readStock = (query: { shop: string; view: (typeof VIEWS)[number]; q: string; cursor?: string }): Promise<StockPage> =>
  take(http.GET('/api/v1/stock', { params: { query } }))

export const readMovements = (shop: string, sku: string, before: number | null): Promise<MovementPage> =>
  take(http.GET('/api/v1/stock/{sku}/movements', { params: { path: { sku }, query: { shop, ...(before ? { before } : {}) } } }))

export const countStock = (sku: string, body: Schemas['CountForm']): Promise<Stocked> =>
  take(http.POST('/api/v1/stock/{sku}/count', { params: { path: { sku } }, body }))

export const putLine = (sku: string, shop: string, line: number | null): Promise<Stocked> =>
  take(http.PUT('/api/v1/stock/{sku}/line', { params: { path: { sku } }, body: { shop, line } }))

export const askPurchase = (body: Schemas['PurchaseForm']): Promise<Purchase> => take(http.POST('/api/v1/purchases', { body }))

export const decide = (one: Purchase, to: 'approved' | 'refused', words: string): Promise<Purchase> =>
  take(http.POST('/api/v1/purchases/{purchase_id}/decide', { params: { path: { purchase_id: one.id } }, body: { to, seen: one.steps, words } }))

export const move = (one: Purchase, to: 'sent' | 'cancelled' | 'done', words: string): Promise<Purchase> =>
  take(http.POST('/api/v1/purchases/{purchase_id}/move', { params: { path: { purchase_id: one.id } }, body: { to, seen: one.steps, words } }))

export const tally = (one: Purchase, lines: Tally[], words: string): Promise<Purchase> =>
  take(http.POST('/api/v1/purchases/{purchase_id}/count', { params: { path: { purchase_id: one.id } }, body: { lines, seen: one.steps, words } }))

export type GoodsReturn = Schemas['ReturnView']

export const receiveReturn = (body: Schemas['ReturnForm']): Promise<GoodsReturn> => take(http.POST('/api/v1/returns', { body }))

export const inspectReturn = (one: GoodsReturn, good: number): Promise<GoodsReturn> =>
  take(http.POST('/api/v1/returns/{return_id}/inspect', { params: { path: { return_id: one.id } }, body: { good, seen: one.good } }))

export const settleReturn = (one: GoodsReturn): Promise<GoodsReturn> =>
  take(http.POST('/api/v1/returns/{return_id}/settle', { params: { path: { return_id: one.id } }, body: {} }))

export const readSuppliers = async (shop: string): Promise<Supplier[]> => (await take(http.GET('/api/v1/suppliers', { params: { query: { shop } } }))).items

/** Notes a supplier, or writes a known one anew; a contact left out stays as it is. */
export const putSupplier = (shop: string, id: string | null, body: Schemas['SupplierForm']): Promise<Supplier> =>
  take(id ? http.PUT('/api/v1/suppliers/{supplier_id}', { params: { path: { supplier_id: id } }, body }) : http.POST('/api/v1/suppliers', { body: { ...body, shop } }))

export const dropSupplier = (id: string): Promise<unknown> => take(http.DELETE('/api/v1/suppliers/{supplier_id}', { params: { path: { supplier_id: id } } }))

export const revealSupplier = async (id: string): Promise<string> => (await take(http.POST('/api/v1/suppliers/{supplier_id}/reveal', { params: { path: { supplier_id: id } }, body: {} }))).contact
