import { describe, expect, it } from 'vitest'

import { type Offer, rank } from '../../src/rooms/companion/offering'

const offer = (id: string, folder: string, title: string, filled = ''): Offer => ({ id, folder, title, filled, missing: [] })
const OFFERS = [
  offer('pay', '付款/花呗', '花呗', '可以用花呗的'),
  offer('hello', '欢迎/首次问候', '热情问候', '您好呀，欢迎来山野集'),
  offer('tent', '答疑', '帐篷睡几个人', '内帐宽 130 厘米，两位大人刚好'),
  offer('send', '物流/发货时间', '什么时候发货', '14:00 前拍下当天寄出'),
]
const titles = (heard: string, isAnswered: boolean) => rank(OFFERS, heard, isAnswered).map(({ id }) => id)

describe('what the companion window offers', () => {
  it('puts first what the buyer just asked about', () => {
    expect(titles('这个帐篷睡几个人呀', true)[0]).toBe('tent')
    expect(titles('请问什么时候能发货？', true)[0]).toBe('send')
  })

  it('opens a reception with a greeting, then the answer', () => {
    expect(titles('帐篷睡几个人', false).slice(0, 2)).toEqual(['hello', 'tent'])
  })

  it('keeps everything at hand, each once, where nothing fits', () => {
    expect(titles('嗯', true)).toEqual(['pay', 'hello', 'tent', 'send'])
  })
})
