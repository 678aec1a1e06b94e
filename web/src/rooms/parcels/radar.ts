import type { components } from '@/api/schema'
import { http, take } from '@/kit/http'

export type Alert = components['schemas']['AlertView']
export type Radar = components['schemas']['Radar']
export type Kind = Alert['kind']

export const KINDS: readonly Kind[] = ['late', 'untraced', 'silent', 'stuck', 'refused', 'returned', 'lost']

/** How much an alert stands out. */
export const markOf = (alert: Alert): string => ({ urgent: 'late', soon: 'wait', watch: '' })[alert.severity]

const path = (alert: Alert) => ({ params: { path: { order_id: alert.order.id, kind: alert.kind } } })

export const readRadar = (shop: string, state: 'open' | 'settled'): Promise<Radar> => take(http.GET('/api/v1/radar', { params: { query: { shop, state } } }))

export const readAlerts = (order: string): Promise<Alert[]> => take(http.GET('/api/v1/orders/{order_id}/alerts', { params: { path: { order_id: order } } }))

export const settle = (alert: Alert, why: string): Promise<Alert> => take(http.POST('/api/v1/orders/{order_id}/alerts/{kind}/settle', { ...path(alert), body: { why } }))

export const layDraft = (alert: Alert): Promise<Alert> => take(http.POST('/api/v1/orders/{order_id}/alerts/{kind}/draft', { ...path(alert), body: {} }))
