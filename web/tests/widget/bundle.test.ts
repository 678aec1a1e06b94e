import { gzipSync } from 'node:zlib'

import { build } from 'vite'
import { describe, expect, it } from 'vitest'

const LIMIT = 30 * 1024

describe('the widget as shops load it', () => {
  it('is one classic script of at most 30 KB, without a framework', async () => {
    const root = new URL('../..', import.meta.url).pathname
    const built = await build({ root, configFile: `${root}/vite.widget.config.ts`, logLevel: 'error', build: { write: false } })
    const [bundle] = (Array.isArray(built) ? built : [built]) as { output: { type: string; fileName: string; code?: string }[] }[]
    expect(bundle!.output.map((part) => part.fileName)).toEqual(['widget.js'])
    const { code = '' } = bundle!.output[0]!
    expect(gzipSync(code).length).toBeLessThan(LIMIT)
    expect(code).not.toMatch(/^\s*(?:import|export)\b/m)
    expect(code).not.toMatch(/__vue|innerHTML|document\.write|\beval\(|new Function/)
  }, 60_000)
})
