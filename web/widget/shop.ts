import type { LogEvent } from '../src/live/frames'

/** A signed customer as the shop's own site names them. */
export interface Identity {
  id: string
  name: string
  phone?: string
  expires: number
  signature: string
}

export interface Visit {
  token: string
  buyer: { id: string; name: string; known: boolean }
  conversation: string
  shop: { id: string; name: string }
}

/** The server said no; `message` is for the buyer. */
export class Refused extends Error {}

/** The shop's server, as a buyer's page may use it. `base` has no trailing slash. */
export function createShop(base: string, channel: string, identity: Identity | null, area: Storage | null) {
  const key = `jinpai.token.${base}.${channel}`

  async function call(path: string, init: RequestInit): Promise<unknown> {
    const response = await fetch(`${base}/api/v1/widget/${path}`, { ...init, credentials: 'omit' })
    const body: unknown = await response.json().catch(() => null)
    if (response.ok) return body
    throw new Refused((body as { detail?: string } | null)?.detail ?? '')
  }

  return {
    channel,
    socket: `${base.replace(/^http/, 'ws')}/ws`,

    /** Whether this browser has talked to the shop before. */
    isKnown: () => Boolean(area?.getItem(key)),

    /** Opens the chat: the same browser comes back to the same conversation. */
    async visit(): Promise<Visit> {
      const token = area?.getItem(key) ?? undefined
      const body = JSON.stringify({ channel, ...(token && { token }), ...(identity && { identity }) })
      const headers = { 'Content-Type': 'application/json' }
      const visit = (await call('session', { method: 'POST', headers, body })) as Visit
      try {
        area?.setItem(key, visit.token)
      } catch {
        // Without storage the buyer is new again after a reload, but can talk now.
      }
      return visit
    },

    /** The newest events before `before` (all when left out) that this buyer may see, oldest first. */
    async history(token: string, before?: number): Promise<{ events: LogEvent[]; first: number }> {
      const query = before === undefined ? 'limit=50' : `limit=50&before=${before}`
      const headers = { Authorization: `Bearer ${token}` }
      return (await call(`events?${query}`, { headers })) as { events: LogEvent[]; first: number }
    },
  }
}

export type Shop = ReturnType<typeof createShop>
