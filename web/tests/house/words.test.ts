import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import en from '@/words/en'
import zh from '@/words/zh'

type Words = { [name: string]: string | Words }

/** Every sentence by its path: `list.unread` → `{count} 条未读`. */
function flat(words: Words, before = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [name, value] of Object.entries(words)) {
    if (typeof value === 'string') found.set(before + name, value)
    else for (const [path, text] of flat(value, `${before}${name}.`)) found.set(path, text)
  }
  return found
}

/** The names in braces, each once; singular and plural may use them differently. */
function placeholders(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(/\{(\w+)\}/g), (found) => found[1]!))].sort()
}

const chinese = flat(zh)
const english = flat(en)

describe('the words of both languages', () => {
  it('say the same things', () => {
    expect([...english.keys()].filter((path) => !chinese.has(path)), 'only in English').toEqual([])
    expect([...chinese.keys()].filter((path) => !english.has(path)), 'only in Chinese').toEqual([])
  })

  it('name the same things', () => {
    for (const [path, text] of chinese) expect(placeholders(english.get(path) ?? ''), path).toEqual(placeholders(text))
  })

  it('name every kind of content that a shop edits', () => {
    const declared = readFileSync(join('..', 'src/jinpai/flows/content/sections.py'), 'utf8')
    const kinds = [...declared.matchAll(/= Section\("(\w+)", "\w+", \w+\)/g)].map((found) => found[1])
    expect(kinds.length).toBeGreaterThan(20)
    expect(kinds.filter((kind) => !chinese.has(`admin.section.${kind}`))).toEqual([])
  })

  it('leave nothing in Chinese for English readers but the mark', () => {
    expect([...english].filter(([path, text]) => /\p{Script=Han}/u.test(text) && path !== 'mark')).toEqual([])
  })

  it('lie in files of the same names', () => {
    const files = (language: string) => readdirSync(join(import.meta.dirname, '../../src/words', language)).sort()
    expect(files('en')).toEqual(files('zh'))
  })

  it('are all reached: every folder file is in its index', () => {
    for (const language of ['zh', 'en']) {
      const folder = join(import.meta.dirname, '../../src/words', language)
      const index = readFileSync(join(folder, 'index.ts'), 'utf8')
      for (const name of readdirSync(folder).filter((name) => name !== 'index.ts')) {
        expect(index).toContain(`from './${name.replace('.ts', '')}'`)
      }
    }
  })
})
