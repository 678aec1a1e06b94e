import { onScopeDispose, ref, type Ref } from 'vue'

import { words } from './i18n'
import { language, languageTag } from './language'
import { atShop, midnight, SHOP_ZONE } from './zone'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** `4:12`, or `1:04:12` from an hour on; never below zero. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

export function hourMinute(at: number): string {
  return atShop(at).toISOString().slice(11, 16)
}

/** How the date fields write a day, as Element Plus spells formats. */
export const DAY_FORMAT = { zh: 'YYYY-MM-DD', en: 'D MMM YYYY' } as const

/** The month as the language writes it between the other words: `3` or `Mar`. */
function monthOf(at: number): string {
  if (language.value === 'zh') return String(atShop(at).getUTCMonth() + 1)
  return new Intl.DateTimeFormat(languageTag(), { month: 'short', timeZone: SHOP_ZONE }).format(at)
}

/** The day as people say it, with the time: `今天 14:02`, `昨天 09:00`, `11 月 21 日 16:31`. */
export function dayAndTime(at: number, now: number): string {
  const days = (midnight(now) - midnight(at)) / DAY
  if (days === 0) return words('time.today', { time: hourMinute(at) })
  if (days === 1) return words('time.yesterday', { time: hourMinute(at) })
  if (days === -1) return words('time.tomorrow', { time: hourMinute(at) })
  const date = atShop(at)
  const named = { year: date.getUTCFullYear(), month: monthOf(at), day: date.getUTCDate(), time: hourMinute(at) }
  return words(named.year === atShop(now).getUTCFullYear() ? 'time.day' : 'time.dayOfYear', named)
}

/** How long ago, for lists: `刚刚`, `3 分钟前`, `2 小时前`, `昨天`, `11 月 21 日`. */
export function ago(at: number, now: number): string {
  const passed = now - at
  if (passed < MINUTE) return words('time.justNow')
  if (passed < HOUR) return words('time.minutesAgo', { count: Math.floor(passed / MINUTE) })
  if (midnight(at) === midnight(now)) return words('time.hoursAgo', { count: Math.floor(passed / HOUR) })
  if (midnight(now) - midnight(at) === DAY) return words('time.dayBefore')
  return monthDay(at)
}

/** The day without its year: `11 月 21 日`. */
export function monthDay(at: number): string {
  return words('time.monthDay', { month: monthOf(at), day: atShop(at).getUTCDate() })
}

const exactly = new Map<string, Intl.DateTimeFormat>()

/** The exact moment, for hovering. */
export function exact(at: number): string {
  const tag = languageTag()
  let format = exactly.get(tag)
  // Making a format takes longer than drawing the row it is for.
  if (!format) exactly.set(tag, (format = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23', timeZone: SHOP_ZONE })))
  return format.format(at)
}

/** The minute a moment lies in: what shows minutes need not be drawn anew every second. */
export const minuteOf = (at: number): number => at - (at % MINUTE)

/** A clock for the page that ticks every second while somebody uses it. */
export function useNow(now: () => number): Ref<number> {
  const value = ref(now())
  const timer = setInterval(() => (value.value = now()), 1000)
  onScopeDispose(() => clearInterval(timer))
  return value
}
