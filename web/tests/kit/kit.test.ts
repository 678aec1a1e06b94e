import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { codePoints, initial, unitsAt } from '@/kit/text'
import { ago, clock, dayAndTime, hourMinute } from '@/kit/time'
import { dayEnd, dayOf, dayStart, fromCalendar, midnight, toCalendar } from '@/kit/zone'
import { arrange } from '@/rooms/desk/thread/grouping'

const at = (text: string) => Date.parse(`${text}+08:00`)

describe('times as people say them', () => {
  const now = at('2026-11-21T14:05:00')

  it('counts how long somebody waits', () => {
    expect([0, 18_000, 86_000, 252_000, 3_723_000, -5].map(clock)).toEqual(['0:00', '0:18', '1:26', '4:12', '1:02:03', '0:00'])
  })

  it('names today, yesterday, tomorrow and other days', () => {
    expect(dayAndTime(at('2026-11-21T09:02:00'), now)).toBe('今天 09:02')
    expect(dayAndTime(at('2026-11-20T23:59:00'), now)).toBe('昨天 23:59')
    expect(dayAndTime(at('2026-11-22T00:30:00'), now)).toBe('明天 00:30')
    expect(dayAndTime(at('2026-11-23T00:30:00'), now)).toBe('11 月 23 日 00:30')
    expect(dayAndTime(at('2026-03-05T16:31:00'), now)).toBe('3 月 5 日 16:31')
    expect(dayAndTime(at('2025-03-05T16:31:00'), now)).toBe('2025 年 3 月 5 日 16:31')
  })

  it('says how long ago for lists', () => {
    expect(ago(now - 20_000, now)).toBe('刚刚')
    expect(ago(now - 200_000, now)).toBe('3 分钟前')
    expect(ago(at('2026-11-21T12:00:00'), now)).toBe('2 小时前')
    expect(ago(at('2026-11-20T12:00:00'), now)).toBe('昨天')
    expect(ago(at('2026-11-02T12:00:00'), now)).toBe('11 月 2 日')
  })
})

describe.each(['Asia/Shanghai', 'UTC', 'America/New_York', 'Pacific/Auckland'])('the shop’s day in a window in %s', (zone) => {
  const own = process.env.TZ
  beforeEach(() => void (process.env.TZ = zone))
  afterEach(() => void (own === undefined ? delete process.env.TZ : (process.env.TZ = own)))

  it('goes from the shop’s midnight to the next', () => {
    expect([dayOf(at('2026-03-05T00:00:00')), dayOf(at('2026-03-05T23:59:59'))]).toEqual(['2026-03-05', '2026-03-05'])
    expect(dayStart('2026-03-05')).toBe(at('2026-03-05T00:00:00'))
    expect(dayEnd('2026-12-31')).toBe(at('2027-01-01T00:00:00'))
    expect(midnight(at('2026-03-05T07:59:00'))).toBe(at('2026-03-05T00:00:00'))
  })

  it('has the shop’s hours', () => {
    expect(hourMinute(at('2026-11-21T00:30:00'))).toBe('00:30')
    expect(dayAndTime(at('2026-11-21T00:30:00'), at('2026-11-20T23:30:00'))).toBe('明天 00:30')
  })

  it('is chosen in a calendar as the shop has it', () => {
    for (const moment of [at('2026-03-08T15:30:00'), at('2026-07-01T00:00:00'), at('2026-11-01T23:59:00')]) {
      expect(new Date(toCalendar(moment)).getHours()).toBe((new Date(moment).getUTCHours() + 8) % 24)
      expect(fromCalendar(toCalendar(moment))).toBe(moment)
    }
  })
})

describe('text', () => {
  it('counts what the server counts', () => {
    expect(codePoints('亲😊')).toBe(2)
    expect(unitsAt('亲😊您', 2)).toBe(3)
    expect(unitsAt('亲', 9)).toBe(1)
  })

  it('calls people by their first letter', () => {
    expect([initial('山行者老周'), initial('kevin'), initial('😊猫'), initial('  ')]).toEqual(['山', 'K', '😊', '客'])
  })
})

describe('a thread', () => {
  const said = (seq: number, minute: number, role: 'buyer' | 'agent') => ({
    seq, at: at('2026-11-21T14:00:00') + minute * 60_000, kind: 'message', from: { role, id: role, name: role }, text: '',
  })

  it('shows a time where it was quiet, and runs of one person together', () => {
    const items = arrange([said(1, 0, 'buyer'), said(2, 1, 'buyer'), said(3, 2, 'agent'), said(4, 9, 'agent')])
    expect(items.map((item) => [item.timed, item.first])).toEqual([
      [true, true],
      [false, false],
      [false, true],
      [true, true],
    ])
  })
})
