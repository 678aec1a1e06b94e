// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest'

import { called, calledFolder } from '@/kit/called'
import { words } from '@/kit/i18n'
import { chooseLanguage } from '@/kit/language'
import { count, money } from '@/kit/numbers'
import { ago, dayAndTime } from '@/kit/time'

const at = (text: string) => Date.parse(`${text}+08:00`)

describe('a colleague who reads English', () => {
  afterEach(() => chooseLanguage('zh'))

  it('switches the whole page, and finds it so the next morning', async () => {
    await chooseLanguage('en')
    expect(document.documentElement.lang).toBe('en-GB')
    expect(words('composer.send')).toBe('Send')
    vi.resetModules()
    const nextMorning = await import('@/kit/language')
    expect(nextMorning.language.value).toBe('zh')
    await nextMorning.installLanguage()
    expect(nextMorning.language.value).toBe('en')
  })

  it('reads dates and money the English way', async () => {
    await chooseLanguage('en')
    const now = at('2026-11-21T14:05:00')
    expect(dayAndTime(at('2026-03-05T16:31:00'), now)).toBe('5 Mar, 16:31')
    expect(ago(at('2026-11-02T12:00:00'), now)).toBe('2 Nov')
    expect(money('1234.5')).toBe('¥1,234.50')
    expect(count(28010)).toBe('28,010')
  })

  it('reads built-in names in English, a shop’s own as it wrote them', async () => {
    expect(called('promise', '赠品')).toBe('赠品')
    expect(calledFolder('欢迎/首次问候')).toBe('欢迎 · 首次问候')
    await chooseLanguage('en')
    expect(called('promise', '赠品')).toBe('Gift')
    expect(called('promise', '送小样')).toBe('送小样')
    expect(calledFolder('欢迎/首次问候')).toBe('Welcome · First contact')
    expect(calledFolder('欢迎/早安')).toBe('Welcome · 早安')
    expect(calledFolder('大促')).toBe('大促')
  })

  it('comes back to Chinese', async () => {
    await chooseLanguage('en')
    await chooseLanguage('zh')
    expect(document.documentElement.lang).toBe('zh-CN')
    expect(words('composer.send')).toBe('发送')
    expect(money('1234.5')).toBe('¥1,234.50')
  })
})
