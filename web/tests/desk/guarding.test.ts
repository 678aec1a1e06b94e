import { describe, expect, it } from 'vitest'

import type { Hit, LogEvent, Trap } from '@/live/frames'
import { betterOf, openBait, rewriteOf, stillThere, stretches, verdictOf } from '@/rooms/desk/composer/guarding'
import { fill, firstVariable, openVariables } from '@/rooms/desk/composer/variables'

function hit(start: number, end: number, change: Partial<Hit> = {}): Hit {
  return { rule: 'r', family: 'leak', severity: 'warn', start, end, text: '', why: '为什么', rewrite: '', points: 0, ...change }
}

describe('remarks of the guard on a text', () => {
  it('underlines by code points, also after an emoji', () => {
    const text = '好😊加我微信吧'
    expect(stretches(text, [hit(2, 6)]).map((part) => [part.text, part.severity])).toEqual([
      ['好😊', null],
      ['加我微信', 'warn'],
      ['吧', null],
    ])
  })

  it('shows the more severe remark where two overlap', () => {
    const parts = stretches('abcdef', [hit(0, 4), hit(2, 6, { severity: 'block' })])
    expect(parts.map((part) => [part.text, part.severity])).toEqual([
      ['ab', 'warn'],
      ['cd', 'block'],
      ['ef', 'block'],
    ])
  })

  it('loses no character, whatever the spans', () => {
    const text = '亲😊，您好'
    for (const hits of [[], [hit(0, 99)], [hit(3, 3)], [hit(1, 2), hit(0, 5)]]) {
      expect(stretches(text, hits).map((part) => part.text).join('')).toBe(text)
    }
  })

  it('keeps remarks on words that still stand where they stood', () => {
    const remark = hit(2, 4)
    expect(stillThere('您好不行哦', '您好不行', [remark])).toEqual([remark])
    expect(stillThere('您好可以', '您好不行', [remark])).toEqual([])
    expect(stillThere('亲您好不行', '您好不行', [remark])).toEqual([])
  })

  it('offers the wording of the most severe remark that has one', () => {
    expect(rewriteOf([hit(0, 1, { rewrite: '温和的' }), hit(0, 1, { severity: 'block', rewrite: '合规的' })])).toBe('合规的')
    expect(rewriteOf([hit(0, 1, { severity: 'block' }), hit(0, 1, { rewrite: '温和的' })])).toBe('温和的')
    expect(rewriteOf([])).toBe('')
  })

  it('takes the highest severity for the verdict', () => {
    expect(verdictOf([hit(0, 1, { severity: 'hint' }), hit(0, 1, { severity: 'confirm' })])).toBe('confirm')
    expect(verdictOf([])).toBe('pass')
  })
})

describe('variables of a script', () => {
  it('fills what the conversation knows and leaves the rest', () => {
    expect(fill('{买家}您好，{店铺}的{商品}', { 买家: '老周', 店铺: '山野集' })).toBe('老周您好，山野集的{商品}')
  })

  it('stops a text with an open variable and says which', () => {
    const [remark] = openVariables('😊{商品}有货')
    expect(remark).toMatchObject({ start: 1, end: 5, text: '{商品}', severity: 'block' })
    expect(remark!.why).toContain('商品')
    expect(openVariables('一共 {} 件')).toEqual([])
  })

  it('finds the first open variable to type over', () => {
    expect(firstVariable('您好{规格}、{商品}')).toEqual({ start: 2, end: 6 })
    expect(firstVariable('您好')).toBeNull()
  })
})

describe('words put right', () => {
  const told = { about: '您好，不知道', better: '您好，我帮您核实' }

  it('takes the whole text the server found, while it is still that text', () => {
    expect(betterOf('您好，不知道', told, [hit(0, 1, { rewrite: '整句' })])).toBe('您好，我帮您核实')
    expect(betterOf('您好，不知道呀', told, [hit(0, 1, { rewrite: '整句' })])).toBe('整句')
    expect(betterOf('您好', null, [])).toBe('')
  })
})

describe('bait in what a buyer wrote', () => {
  function said(role: 'buyer' | 'agent', traps: Trap[] = []): LogEvent {
    const bait = traps.map((trap) => ({ rule: trap, trap, start: 0, end: 1, why: '', answer: trap }))
    return { seq: 1, at: 0, kind: 'message', from: { role, id: '', name: '' }, text: '话', ...(bait.length && { bait }) }
  }

  it('is shown until a person has answered', () => {
    expect(openBait([said('buyer', ['invoice']), said('buyer')]).map((one) => one.trap)).toEqual(['invoice'])
    expect(openBait([said('buyer', ['invoice']), said('agent')])).toEqual([])
    expect(openBait([said('buyer', ['invoice']), said('agent'), said('buyer', ['off_platform'])]).map((one) => one.trap)).toEqual(['off_platform'])
  })

  it('shows each kind once, the newest first', () => {
    expect(openBait([said('buyer', ['invoice']), said('buyer', ['off_platform', 'invoice'])]).map((one) => one.trap)).toEqual(['off_platform', 'invoice'])
  })
})
