import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'

import { placeOf, slashAt } from '@/rooms/desk/composer/slash'
import { shares, useSources } from '@/rooms/desk/composer/sources'
import { variableParts } from '@/rooms/desk/composer/variables'

describe('a slash in the composer', () => {
  it('opens the search at the beginning, after a blank and on a new line', () => {
    expect(slashAt('/')).toEqual({ start: 0, query: '' })
    expect(slashAt('/fh')).toEqual({ start: 0, query: 'fh' })
    expect(slashAt('好的 /fh sj')).toEqual({ start: 3, query: 'fh sj' })
    expect(slashAt('好的\n/发货')).toEqual({ start: 3, query: '发货' })
  })

  it('is only a slash inside words, dates, links and what was finished', () => {
    for (const text of ['', '11/11 有活动', '3/4', 'http://x', '/fh\n', '//', `/${'长'.repeat(41)}`]) expect(slashAt(text)).toBeNull()
  })
})

describe('where a message comes from', () => {
  beforeEach(() => setActivePinia(createPinia()))
  const text = '您好，咱们默认发中通快递，下单后当天发出'

  it('is the script as long as a stretch of it is left', () => {
    expect(shares('亲，咱们默认发中通快递哦', text)).toBe(true)
    expect(shares('亲，发中通', text)).toBe(false)
    expect(shares('在的', '在的')).toBe(true)
  })

  it('survives a warning and a second try, and ends with other words', () => {
    const sources = useSources()
    sources.mark('c_1', 'kd', text)
    expect([sources.of('c_1', text), sources.of('c_1', text), sources.of('c_2', text)]).toEqual(['kd', 'kd', ''])
    expect(sources.of('c_1', '别的话，完全不一样')).toBe('')
    expect(sources.of('c_1', text)).toBe('')
  })
})

describe('what is still open in a script', () => {
  it('is marked where it stands', () => {
    expect(variableParts('{买家}您好，发{快递}')).toEqual([
      { text: '{买家}', open: true },
      { text: '您好，发', open: false },
      { text: '{快递}', open: true },
    ])
    expect(variableParts('没有变量')).toEqual([{ text: '没有变量', open: false }])
  })
})

describe('a digit behind a slash', () => {
  const offers = [
    { code: 'kdd', title: '发货时间', filled: '今天发' },
    { code: 'kd2', title: '包邮门槛', filled: '满99包邮' },
    { code: 'kf', title: '发票', filled: '开电子发票' },
  ]

  it('picks by its number', () => {
    expect(placeOf('3', 'fp', offers)).toBe(2)
    expect(placeOf('1', 'k', offers)).toBe(0)
  })

  it('goes on with a code, a title or words that have it', () => {
    expect(placeOf('2', 'kd', offers)).toBe(-1)
    expect(placeOf('2', 'KD', offers)).toBe(-1)
    expect(placeOf('9', '满', offers)).toBe(-1)
  })

  it('picks nothing where nothing has that number, and begins what is looked for where nothing is typed', () => {
    expect(placeOf('4', 'fp', offers)).toBe(-1)
    expect(placeOf('1', '', offers)).toBe(-1)
  })
})
