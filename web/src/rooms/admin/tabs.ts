/** The pages of administration in their order, and the roles that may open each. */
export const TABS = [
  { name: 'staff', roles: ['supervisor', 'owner'] },
  { name: 'shops', roles: ['operations', 'owner'] },
  { name: 'service', roles: ['operations', 'owner'] },
  { name: 'rules', roles: ['operations', 'owner'] },
  { name: 'channels', roles: ['operations', 'owner'] },
  { name: 'model', roles: ['operations', 'owner'] },
  { name: 'content', roles: ['operations', 'owner'] },
  { name: 'audit', roles: ['supervisor', 'owner'] },
] as const

export function tabsOf(role: string): string[] {
  return TABS.filter((tab) => (tab.roles as readonly string[]).includes(role)).map((tab) => tab.name)
}
