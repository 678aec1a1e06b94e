import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'

import { useAdvised } from '@/rooms/desk/composer/advised'

const TEXTS = ['亲，今天 14:00 前付款当天就发哦', '亲，按付款先后安排发货的哦']

beforeEach(() => setActivePinia(createPinia()))

it('names the reply a message comes from, also after editing', () => {
  const advised = useAdvised()
  advised.show('c', 'ad_1', TEXTS)
  expect(advised.of('c', '在的')).toEqual({ id: 'ad_1', took: 0 })
  advised.take('c', TEXTS[1]!)
  expect(advised.of('c', '您好，按付款先后安排发货的哦，请放心')).toEqual({ id: 'ad_1', took: 2 })
  expect(advised.of('c', '我换个说法')).toEqual({ id: 'ad_1', took: 0 })
})

it('keeps what was taken while the same advice is shown again, and forgets it with other advice or none', () => {
  const advised = useAdvised()
  advised.show('c', 'ad_1', TEXTS)
  advised.take('c', TEXTS[0]!)
  advised.show('c', 'ad_1', TEXTS)
  expect(advised.of('c', TEXTS[0]!)).toEqual({ id: 'ad_1', took: 1 })
  advised.show('c', 'ad_2', TEXTS)
  expect(advised.of('c', TEXTS[0]!)).toEqual({ id: 'ad_2', took: 0 })
  advised.add('c', 'ad_2', 4, '好的呀～按付款先后安排发货的哦')
  advised.take('c', '好的呀～按付款先后安排发货的哦')
  expect(advised.of('c', '好的呀～按付款先后安排发货的哦')).toEqual({ id: 'ad_2', took: 4 })
  advised.hide('c')
  expect(advised.of('c', TEXTS[0]!)).toBeUndefined()
})
