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

/** An order of the buyer's own; `amount` in yuan. */
export interface OwnOrder {
  number: string
  state: string
  title: string
  amount: string
  count: number
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

    /** Puts a picture on the server and tells its id; `onShare` hears how much has arrived, 0 to 1. */
    upload(token: string, picture: Blob, onShare: (share: number) => void): Promise<string> {
      return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest()
        request.open('POST', `${base}/api/v1/widget/files`)
        request.setRequestHeader('Authorization', `Bearer ${token}`)
        request.setRequestHeader('Content-Type', picture.type)
        request.upload.onprogress = (moved) => moved.lengthComputable && onShare(moved.loaded / moved.total)
        request.onerror = request.onabort = () => reject(new TypeError('network'))
        request.onload = () => {
          const body = parse(request.responseText)
          if (request.status < 300 && body.id) resolve(body.id)
          else reject(new Refused(body.detail ?? ''))
        }
        request.send(picture)
      })
    },

    /** The bytes of a picture of this conversation, small or whole. */
    async file(token: string, id: string, thumb: boolean): Promise<Blob> {
      const headers = { Authorization: `Bearer ${token}` }
      const response = await fetch(`${base}/api/v1/widget/files/${id}${thumb ? '?size=thumb' : ''}`, { headers, credentials: 'omit' })
      if (!response.ok) throw new Refused('')
      return response.blob()
    },

    /** What the buyer thought of the reception that just ended. */
    async rate(token: string, stars: number, words: string): Promise<void> {
      const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
      await call('rating', { method: 'POST', headers, body: JSON.stringify({ stars, words }) })
    },

    /** The buyer's own orders, newest first. */
    async orders(token: string): Promise<OwnOrder[]> {
      const headers = { Authorization: `Bearer ${token}` }
      return ((await call('orders', { headers })) as { items: OwnOrder[] }).items
    },

    /** The newest events before `before` (all when left out) that this buyer may see, oldest first. */
    async history(token: string, before?: number): Promise<{ events: LogEvent[]; first: number }> {
      const query = before === undefined ? 'limit=50' : `limit=50&before=${before}`
      const headers = { Authorization: `Bearer ${token}` }
      return (await call(`events?${query}`, { headers })) as { events: LogEvent[]; first: number }
    },
  }
}

function parse(text: string): { id?: string; detail?: string } {
  try {
    return JSON.parse(text) as { id?: string; detail?: string }
  } catch {
    return {}
  }
}

export type Shop = ReturnType<typeof createShop>
