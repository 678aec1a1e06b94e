import type { IconName } from '@/kit/icons'

/** A page of the rail: the name of its route and of its word (`rail.<name>`), and the roles that may open it. */
export interface Place {
  name: string
  icon: IconName
  roles: readonly string[]
  /** Pages that have an address of their own and belong to this one. */
  also?: readonly string[]
}

export const EVERYBODY = ['agent', 'supervisor', 'trainer', 'operations', 'owner']
export const LEADS = ['supervisor', 'owner']

/** From top to bottom. */
export const PLACES: readonly Place[] = [
  { name: 'desk', icon: 'chat', roles: EVERYBODY },
  { name: 'orders', icon: 'order', roles: EVERYBODY, also: ['imports'] },
  { name: 'dispatch', icon: 'box', roles: EVERYBODY, also: ['radar', 'claims'] },
  { name: 'stock', icon: 'shelf', roles: EVERYBODY, also: ['returns', 'purchases', 'purchase', 'suppliers'] },
  { name: 'customers', icon: 'person', roles: EVERYBODY },
  { name: 'promises', icon: 'promise', roles: EVERYBODY },
  { name: 'tasks', icon: 'hand', roles: EVERYBODY },
  { name: 'reminders', icon: 'alarm', roles: EVERYBODY },
  { name: 'search', icon: 'search', roles: EVERYBODY },
  { name: 'scripts', icon: 'script', roles: EVERYBODY },
  { name: 'companion', icon: 'window', roles: EVERYBODY },
  { name: 'quality', icon: 'shield', roles: EVERYBODY },
  { name: 'copilot', icon: 'spark', roles: ['supervisor', 'trainer', 'operations', 'owner'] },
  { name: 'wall', icon: 'wall', roles: LEADS },
  { name: 'admin', icon: 'gear', roles: ['supervisor', 'operations', 'owner'] },
]

/** Pages off the rail that are not for everybody. */
const LIMITED: readonly Pick<Place, 'name' | 'roles'>[] = [{ name: 'imports', roles: ['supervisor', 'operations', 'owner'] }]

/** Whether somebody of this role may open the page of this route; other pages off the rail are open to all. */
export function mayOpen(route: unknown, role: string): boolean {
  return [...PLACES, ...LIMITED].find((place) => place.name === route)?.roles.includes(role) ?? true
}
