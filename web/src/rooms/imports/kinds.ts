/** What can be brought in from a file: who may, and the page that shows it afterwards. */
export interface Kind {
  name: 'orders' | 'products' | 'chats' | 'customers' | 'reviews' | 'waybills' | 'tracking' | 'counts'
  roles: readonly string[]
  see: string
}

const LEADS_AND_CONTENT = ['supervisor', 'operations', 'owner']

export const KINDS: readonly Kind[] = [
  { name: 'orders', roles: LEADS_AND_CONTENT, see: 'orders' },
  { name: 'products', roles: ['operations', 'owner'], see: 'admin-content' },
  { name: 'chats', roles: LEADS_AND_CONTENT, see: 'search' },
  { name: 'customers', roles: LEADS_AND_CONTENT, see: 'customers' },
  { name: 'reviews', roles: LEADS_AND_CONTENT, see: 'orders' },
  { name: 'waybills', roles: LEADS_AND_CONTENT, see: 'dispatch' },
  { name: 'tracking', roles: LEADS_AND_CONTENT, see: 'radar' },
  { name: 'counts', roles: LEADS_AND_CONTENT, see: 'stock' },
]

/** The kinds this role may bring in. */
export function kindsOf(role: string): readonly Kind[] {
  return KINDS.filter((kind) => kind.roles.includes(role))
}
