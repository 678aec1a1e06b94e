import { describe, expect, it } from 'vitest'

import { rowsNear } from '@/rooms/desk/list/window'

describe('a list of five hundred conversations', () => {
  it('draws what is seen and a little beyond, at both ends no more than there is', () => {
    expect(rowsNear(0, 620, 62, 500)).toEqual({ from: 0, to: 20 })
    expect(rowsNear(6_200, 620, 62, 500)).toEqual({ from: 90, to: 120 })
    expect(rowsNear(500 * 62 - 620, 620, 62, 500)).toEqual({ from: 480, to: 500 })
  })

  it('draws all of a short list, and the end of one that became shorter than it was scrolled', () => {
    expect(rowsNear(0, 620, 62, 3)).toEqual({ from: 0, to: 3 })
    expect(rowsNear(20_000, 620, 62, 30)).toEqual({ from: 20, to: 30 })
  })
})
