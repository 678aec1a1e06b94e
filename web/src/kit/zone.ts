/** The shop's own time: pages tell and ask for days and hours as the shop has them, wherever this window is. */
export const SHOP_ZONE = 'Asia/Shanghai'

const MINUTE = 60_000
/** China keeps one offset all the year. */
const OFFSET = 8 * 60 * MINUTE
const DAY = 24 * 60 * MINUTE

/** The moment with the shop's day and hour in its UTC fields, to be read by `getUTC…` alone. */
export const atShop = (at: number): Date => new Date(at + OFFSET)

/** When the shop's day began in which the moment lies, in ms. */
export const midnight = (at: number): number => at - ((at + OFFSET) % DAY)

/** The shop's day of a moment as `2026-11-22`. */
export const dayOf = (at: number): string => atShop(at).toISOString().slice(0, 10)

/** When a day of the shop written as `2026-11-22` begins, in ms. */
export const dayStart = (day: string): number => Date.parse(`${day}T00:00:00Z`) - OFFSET

/** When the day after it begins, in ms. */
export const dayEnd = (day: string): number => dayStart(day) + DAY

/** What a request asks of the days from one to another, either of them open: `since` and `until` in ms. */
export const between = (from: string, to: string) => ({ ...(from && { since: dayStart(from) }), ...(to && { until: dayEnd(to) }) })

/** What a calendar that knows this window's zone alone has to be given to show the moment as the shop has it; ms. */
export function toCalendar(at: number): number {
  const date = atShop(at)
  return new Date(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), date.getUTCHours(), date.getUTCMinutes()).getTime()
}

/** The moment that was chosen in such a calendar, in ms. */
export function fromCalendar(shown: number): number {
  const date = new Date(shown)
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate(), date.getHours(), date.getMinutes()) - OFFSET
}
