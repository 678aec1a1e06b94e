// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest'
import { createApp, h } from 'vue'

import { type Paging, usePaging } from '@/kit/paging'

import { settle } from '../live/world'

// Toasts bring their style sheet, which only a browser reads.
vi.mock('@/kit/say', () => ({ sayProblem: (problem: unknown) => { throw problem } }))

type Numbers = { items: number[]; next: number | null }

function open(ask: (after: number | null) => Promise<Numbers>): Paging<Numbers> {
  let paging: Paging<Numbers>
  createApp({
    setup() {
      paging = usePaging(ask)
      return () => h('i')
    },
  }).mount(document.createElement('div'))
  return paging!
}

describe('a long list', () => {
  it('grows by a page at a time until there is no more', async () => {
    const list = open(async (after) => (after === null ? { items: [1, 2], next: 2 } : { items: [3], next: null }))
    await settle()
    await list.more()
    expect(list.load.data).toEqual({ items: [1, 2, 3], next: null })
    await list.more()
    expect(list.load.data?.items).toEqual([1, 2, 3])
  })

  it('takes in nothing that was asked for before another filter was chosen', async () => {
    let wanted = 10
    let arrive = () => {}
    const list = open((after) => {
      const page = { items: [wanted + (after ?? 0)], next: 1 }
      return after === null ? Promise.resolve(page) : new Promise((resolve) => (arrive = () => resolve(page)))
    })
    await settle()
    const late = list.more()
    wanted = 20
    await list.load.reload()
    arrive()
    await late
    expect(list.load.data?.items).toEqual([20])
  })
})
