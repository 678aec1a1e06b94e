import { afterEach, beforeEach, expect, it, vi } from 'vitest'

const HOUR = 3_600_000
const NOON = Date.parse('2026-11-23T04:00:00Z')

/** The page's clock and its door to the server, which is right while this machine is off by so much. */
async function visit(skew: number) {
  vi.resetModules()
  vi.setSystemTime(NOON + skew)
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{}', { headers: { date: new Date(Date.now() - skew).toUTCString(), 'content-type': 'application/json' } })))
  vi.stubGlobal('Request', class extends Request { constructor(url: string | URL | Request, init?: RequestInit) { super(url instanceof Request ? url : new URL(String(url), 'http://localhost'), init) } })
  const [{ serverNow }, { http, take }, { ago, dayAndTime }] = await Promise.all([import('@/kit/clock'), import('@/kit/http'), import('@/kit/time')])
  return { serverNow, ago, dayAndTime, ask: () => take(http.GET('/api/v1/session')) }
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it.each([-30 * HOUR, -5 * HOUR, 0, 5 * HOUR, 30 * HOUR])('goes by the server’s clock when its own is %i ms off', async (skew) => {
  const page = await visit(skew)
  await page.ask()
  expect(page.serverNow()).toBe(NOON)
  expect(page.ago(NOON - 3 * 60_000, page.serverNow())).toBe('3 分钟前')
  expect(page.dayAndTime(NOON, page.serverNow())).toContain('今天')
})

it('goes by its own until the server was heard', async () => {
  const page = await visit(5 * HOUR)
  expect(page.serverNow()).toBe(NOON + 5 * HOUR)
})

it('takes an answer that was long on its way for what it is', async () => {
  const page = await visit(5 * HOUR)
  await page.ask()
  vi.setSystemTime(NOON + 5 * HOUR + 4_000)
  const { hearServer } = await import('@/kit/clock')
  hearServer(new Response(null, { headers: { date: new Date(NOON).toUTCString() } }))
  expect(page.serverNow()).toBe(NOON + 4_000)
})

it('is not led astray by an answer without a date', async () => {
  const page = await visit(5 * HOUR)
  const { hearServer } = await import('@/kit/clock')
  hearServer(new Response(null))
  hearServer(new Response(null, { headers: { date: 'soon' } }))
  expect(page.serverNow()).toBe(NOON + 5 * HOUR)
})
