import { describe, expect, it } from 'vitest'

import type { LogEvent } from '@/live/frames'
import { changedHands } from '@/rooms/desk/composer/handover'

const event = (seq: number, kind: string, role: string, more: Partial<LogEvent> = {}): LogEvent =>
  ({ seq, at: seq, kind, from: { role, name: '' }, ...more }) as LogEvent

describe('a buyer who changes hands', () => {
  it('is told from the newest row that gives them to somebody', () => {
    expect(changedHands([event(1, 'message', 'buyer'), event(2, 'assigned', 'agent', { agent: 'a_2' }), event(3, 'message', 'buyer')])).toBe(2)
    expect(changedHands([event(1, 'message', 'buyer'), event(2, 'note', 'assistant')])).toBe(2)
  })

  it('is no news once somebody has spoken, or the talk has ended', () => {
    expect(changedHands([event(1, 'assigned', 'agent', { agent: 'a_2' }), event(2, 'message', 'agent')])).toBe(0)
    expect(changedHands([event(1, 'assigned', 'agent', { agent: 'a_2' }), event(2, 'closed', 'agent')])).toBe(0)
  })

  it('is not in a queue, nor in a note of a colleague', () => {
    expect(changedHands([event(1, 'assigned', 'system', { agent: null }), event(2, 'note', 'agent')])).toBe(0)
  })
})
