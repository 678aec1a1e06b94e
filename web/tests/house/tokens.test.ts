import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const TOKENS = 'src/kit/tokens.css'

function files(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter((name) => !name.startsWith('src/api/') && !name.endsWith('.d.ts'))
}

const ours = ['src', 'widget', 'demo'].flatMap(files)
const written = [...ours, ...files('tests'), 'index.html', 'demo.html', 'vite.config.ts', 'vite.widget.config.ts', 'eslint.config.js']

/** Colours and sizes as CSS writes them; 0, percentages, shares of the window, times and plain numbers are free. */
const LITERALS = [
  /#[0-9a-f]{3,8}\b/gi,
  /\b(?:rgba?|hsla?|oklch|oklab|lab|lch|hwb)\(/gi,
  /(?<![\w.])-?\d*\.?\d+(?:px|rem|em|pt|pc|cm|mm|ch|ex)\b/g,
  /:\s*(?:white|black|red|green|blue|gr[ae]y|orange|yellow|purple|pink|silver|gold|teal)\b/gi,
]

function literals(text: string): string[] {
  return LITERALS.flatMap((pattern) => text.match(pattern) ?? [])
}

describe('the look', () => {
  it.each(ours.filter((name) => /\.(css|vue|ts|html)$/.test(name) && name !== TOKENS))('takes colours and sizes from the tokens: %s', (name) => {
    expect(literals(readFileSync(join(ROOT, name), 'utf8'))).toEqual([])
  })

  it('would notice a literal', () => {
    for (const planted of ['color: #fff;', 'background: rgba(0,0,0,.1)', 'padding: 12px', 'margin: -.5rem', 'color: white;', '`${x} 3px`']) {
      expect(literals(planted), planted).not.toEqual([])
    }
    expect(literals('padding: 0; width: 50%; height: 100dvh; flex: 1; opacity: .5; transition: .2s; aspect-ratio: 1.4')).toEqual([])
  })

  it('uses only tokens that exist', () => {
    const known = new Set(readFileSync(join(ROOT, TOKENS), 'utf8').match(/--[\w-]+(?=:)/g))
    const local = new Set(['--t', '--ts', '--jinpai-bottom'])
    for (const name of ours.filter((name) => /\.(css|vue)$/.test(name))) {
      for (const [, used] of readFileSync(join(ROOT, name), 'utf8').matchAll(/var\((--[\w-]+)/g)) {
        expect(known.has(used!) || local.has(used!), `${used} in ${name}`).toBe(true)
      }
    }
  })
})

describe('the house', () => {
  it('keeps hand-written files readable', () => {
    for (const name of written.filter((name) => /\.(ts|js|vue)$/.test(name))) {
      expect(readFileSync(join(ROOT, name), 'utf8').split('\n').length, name).toBeLessThanOrEqual(300)
    }
  })

  it('has no inline script or style in its pages', () => {
    for (const name of ['index.html', 'demo.html']) {
      const page = readFileSync(join(ROOT, name), 'utf8')
      expect(page).not.toMatch(/<style|\sstyle=|\son\w+=/i)
      for (const [, attributes, body] of page.matchAll(/<script([^>]*)>([^]*?)<\/script>/g)) {
        expect(attributes).toContain('src=')
        expect(body!.trim()).toBe('')
      }
    }
  })

  it('names no address in its lock file', () => {
    expect(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).not.toContain('://')
  })
})
