import { describe, expect, it } from 'vitest'

import { pieces } from '@/rooms/admin/content/changes'
import { blank, kindOf, type Schema, tidy } from '@/rooms/admin/content/schema'
import { newPassword } from '@/rooms/admin/staff'
import { tabsOf } from '@/rooms/admin/tabs'

const said = (before: unknown, after: unknown) => pieces(before, after).map((piece) => `${{ same: ' ', struck: '-', added: '+' }[piece.kind]}${piece.text}`)

describe('a difference somebody reads before publishing', () => {
  it('shows lists item by item', () => {
    expect(said(['稍等', '等一下'], ['稍等', '马上'])).toEqual(['-等一下', '+马上'])
  })

  it('keeps the sentences that stay', () => {
    expect(said('您好，欢迎光临。慢慢看。', '您好，欢迎光临。想去哪儿？')).toEqual([' 您好，欢迎光临。', '-慢慢看。', '+想去哪儿？'])
  })

  it('shows two texts with little in common whole', () => {
    expect(said('您好呀', '欢迎光临')).toEqual(['-您好呀', '+欢迎光临'])
  })

  it('shows what was not there before, and what is no longer', () => {
    expect(said(null, true)).toEqual(['+true'])
    expect(said({ open: '09:00' }, null)).toEqual(['-open：09:00'])
    expect(said(['a', 'b'], ['b', 'a'])).toEqual(['-a', '-b', '+b', '+a'])
  })
})

describe('a form made from a schema', () => {
  const defs: Record<string, Schema> = { Hours: { properties: { open: { type: 'string', pattern: '^(?:[01]\\d|2[0-3]):[0-5]\\d$' } }, required: ['open'], type: 'object' } }

  it('knows which field a person fills in', () => {
    expect(kindOf({ $ref: '#/$defs/Hours' }, defs)).toBe('group')
    expect(kindOf(defs.Hours!.properties!.open!, defs)).toBe('time')
    expect(kindOf({ anyOf: [{ type: 'integer' }, { type: 'null' }] }, defs)).toBe('number')
    expect(kindOf({ type: 'array', items: { type: 'string', maxLength: 2000 } }, defs)).toBe('tags')
    expect(kindOf({ type: 'object', additionalProperties: { type: 'integer' } }, defs)).toBe('map')
    expect(kindOf({ type: 'string', enum: ['a'] }, defs)).toBe('choice')
  })

  it('begins with what must be there', () => {
    expect(blank({ $ref: '#/$defs/Hours' }, defs)).toEqual({ open: '' })
  })

  it('leaves out what was not filled in, but never what is required', () => {
    expect(tidy({ text: '', note: '', delay: 0, on: false }, { required: ['text'] })).toEqual({ text: '', delay: 0, on: false })
  })
})

describe('administration', () => {
  it('opens to each role what it may', () => {
    expect(tabsOf('supervisor')).toEqual(['staff', 'audit'])
    expect(tabsOf('operations')).not.toContain('staff')
    expect(tabsOf('operations')).toContain('model')
    expect(tabsOf('owner')).toHaveLength(8)
    expect(tabsOf('agent')).toEqual([])
  })

  it('makes passwords that differ and can be read aloud', () => {
    const made = new Set(Array.from({ length: 50 }, newPassword))
    expect(made.size).toBe(50)
    for (const password of made) expect(password).toMatch(/^[a-km-np-z2-9]{4}(-[a-km-np-z2-9]{4}){2}$/)
  })
})
