import { describe, expect, it } from 'vitest'

import { useDeed } from '@/kit/deed'
import { Problem } from '@/kit/http'

describe('something a person asked for', () => {
  it('is done once, however often the button is pressed', async () => {
    const { busy, run } = useDeed()
    let times = 0
    let finish = () => {}
    const work = () => new Promise<void>((resolve) => ((finish = resolve), times++))
    const first = run(work)
    expect(busy.value).toBe(true)
    expect(await run(work)).toBe(false)
    finish()
    expect([await first, times, busy.value]).toEqual([true, 1, false])
  })

  it('says why it could not be done until it is tried again', async () => {
    const { busy, problem, run } = useDeed()
    expect(await run(() => Promise.reject(new Problem(409, 'taken', '这个编号已经有了', 'r_1')))).toBe(false)
    expect([problem.value, busy.value]).toEqual(['这个编号已经有了', false])
    expect(await run(() => Promise.resolve())).toBe(true)
    expect(problem.value).toBe('')
  })

  it('gives the number of the request only where nobody at the page can help themselves', async () => {
    const { problem, run } = useDeed()
    await run(() => Promise.reject(new Problem(503, 'unavailable', '系统正忙', 'r_2')))
    expect(problem.value).toBe('系统正忙（r_2）')
  })

  it('tells elsewhere where there is no room for the reason', async () => {
    const told: unknown[] = []
    const { problem, run } = useDeed((why) => told.push(why))
    await run(() => Promise.reject(new TypeError('network')))
    expect(told).toHaveLength(1)
    expect(problem.value).toBe('')
  })
})
