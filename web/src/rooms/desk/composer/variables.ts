import { words } from '@/kit/i18n'
import { codePoints } from '@/kit/text'
import type { Hit } from '@/live/frames'

const VARIABLE = /\{([\u4e00-\u9fffA-Za-z_]{1,12})\}/g

/** The text with every known `{变量}` filled in. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(VARIABLE, (whole, name: string) => values[name] || whole)
}

/** Where the first variable that is still open stands, in UTF-16 units. */
export function firstVariable(text: string): { start: number; end: number } | null {
  const found = text.matchAll(VARIABLE).next().value
  return found ? { start: found.index, end: found.index + found[0].length } : null
}

/** A remark for every variable that is still open: such a text must not be sent. */
export function openVariables(text: string): Hit[] {
  return [...text.matchAll(VARIABLE)].map((match) => {
    const start = codePoints(text.slice(0, match.index))
    const end = start + codePoints(match[0])
    const why = words('composer.unfilled', { name: match[1]! })
    return { rule: 'variable', family: 'variable', severity: 'block', start, end, text: match[0], why, rewrite: '', points: 0 }
  })
}

/** The text cut where variables stand; `open` marks those. */
export function variableParts(text: string): { text: string; open: boolean }[] {
  const parts: { text: string; open: boolean }[] = []
  let end = 0
  for (const match of text.matchAll(VARIABLE)) {
    if (match.index > end) parts.push({ text: text.slice(end, match.index), open: false })
    end = match.index + match[0].length
    parts.push({ text: match[0], open: true })
  }
  if (end < text.length) parts.push({ text: text.slice(end), open: false })
  return parts
}
