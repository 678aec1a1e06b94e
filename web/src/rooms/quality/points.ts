import type { components } from '@/api/schema'
import { http, take } from '@/kit/http'

export type Points = components['schemas']['PointsView']
export type Standing = components['schemas']['StandingView']
export type Penalty = components['schemas']['PenaltyView']

export const readPoints = (shop: string, year: number | null) => take(http.GET('/api/v1/points', { params: { query: { shop, ...(year && { year }) } } }))

export const recordPenalty = (body: components['schemas']['PenaltyForm']) => take(http.POST('/api/v1/points/penalties', { body }))

export const withdrawPenalty = (id: string, reason: string) => take(http.POST('/api/v1/points/penalties/{penalty_id}/withdrawal', { params: { path: { penalty_id: id } }, body: { reason } }))
