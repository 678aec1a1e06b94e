import type { components } from '@/api/schema'
import { http, take } from '@/kit/http'
import { newClientId } from '@/live/ids'

export type Reply = components['schemas']['ScriptView']
export type Usage = components['schemas']['UsageView']
export type Imported = components['schemas']['Imported']
export type Owner = Reply['owner']
/** Whose replies people write themselves. */
export type Kept = Exclude<Owner, 'shop'>

export interface Form {
  folder: string
  code: string
  title: string
  text: string
}

export const OWNERS: readonly Owner[] = ['mine', 'team', 'shop']
export const MAX_TEXT = 1_000

/** The roles that keep the team's replies. */
export const SHARERS = new Set(['supervisor', 'trainer', 'operations', 'owner'])

/** What a reply may be filled with, the commonest first. */
export const VARIABLES = ['买家', '客服', '店铺', '商品', '规格', '价格', '快递', '预计送达', '活动', '赠品', '订单号', '应付', '营业时间']

export async function readShelf(shop: string): Promise<Reply[]> {
  return (await take(http.GET('/api/v1/scripts', { params: { query: { shop } } }))).items
}

export function newReplyId(): string {
  return `q_${newClientId()}`
}

export async function keep(shop: string, owner: Kept, id: string, form: Form): Promise<void> {
  const asked = { params: { path: { reply_id: id } }, body: { shop, ...form } }
  await (owner === 'mine' ? take(http.PUT('/api/v1/scripts/mine/{reply_id}', asked)) : take(http.PUT('/api/v1/scripts/team/{reply_id}', asked)))
}

export async function remove(shop: string, owner: Kept, id: string): Promise<void> {
  const asked = { params: { path: { reply_id: id }, query: { shop } } }
  await (owner === 'mine' ? take(http.DELETE('/api/v1/scripts/mine/{reply_id}', asked)) : take(http.DELETE('/api/v1/scripts/team/{reply_id}', asked)))
}

/** Brings a file in; with `check` it only tells what would happen. */
export async function bring(shop: string, owner: Kept, file: File, check: boolean): Promise<Imported> {
  const asked = {
    params: { query: { shop, check } },
    body: file as unknown as string,
    bodySerializer: (body: unknown) => body as BodyInit,
    headers: { 'Content-Type': 'application/octet-stream' },
  }
  return owner === 'mine' ? take(http.POST('/api/v1/scripts/mine/import', asked)) : take(http.POST('/api/v1/scripts/team/import', asked))
}

export function exportUrl(shop: string, owner: Owner, format: 'xlsx' | 'csv'): string {
  return `/api/v1/scripts/export?${new URLSearchParams({ shop, owner, format })}`
}

export async function readUsage(shop: string, days: number): Promise<Usage[]> {
  return take(http.GET('/api/v1/scripts/usage', { params: { query: { shop, days } } }))
}

/** The replies with all words of `search` in what one sees of them. */
export function narrow(items: readonly Reply[], owner: Owner, folder: string, search: string): Reply[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return items.filter((one) => {
    if (one.owner !== owner || (folder && one.folder !== folder && !one.folder.startsWith(`${folder}/`))) return false
    const whole = `${one.code}\n${one.title}\n${one.folder}\n${one.text}`.toLowerCase()
    return words.every((word) => whole.includes(word))
  })
}

/** The uppermost folders with how many replies they hold. */
export function foldersOf(items: readonly Reply[], owner: Owner): [string, number][] {
  const counts = new Map<string, number>()
  for (const one of items) {
    if (one.owner !== owner) continue
    const name = one.folder.split('/')[0]!
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts]
}
