import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'

import { usePromised } from '@/rooms/desk/side/promised'

describe('what the ledger of promises tells the desk', () => {
  beforeEach(() => setActivePinia(createPinia()))

  it('moves for the conversation it speaks of, and for all when the line is back', () => {
    const promised = usePromised()
    const before = [promised.version('c_1'), promised.version('c_2')]
    promised.on({ t: 'promises', shop: 'demo', c: 'c_1' })
    expect([promised.version('c_1'), promised.version('c_2')]).toEqual([before[0]! + 1, before[1]])
    promised.on({ t: 'phase', phase: 'open' })
    expect([promised.version('c_1'), promised.version('c_2')]).toEqual([before[0]! + 2, before[1]! + 1])
  })
})
