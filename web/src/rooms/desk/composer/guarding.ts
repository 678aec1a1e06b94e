import { unitsAt } from '@/kit/text'
import type { Hit, Severity, Verdict } from '@/live/frames'

const RANK: Record<Verdict, number> = { pass: 0, hint: 1, warn: 2, confirm: 3, block: 4 }

export interface Stretch {
  text: string
  severity: Severity | null
  why: string
}

/** The text cut where remarks begin and end, for underlining; where remarks overlap the more severe one shows. */
export function stretches(text: string, hits: readonly Hit[]): Stretch[] {
  const marks = hits
    .map((hit) => ({ hit, start: unitsAt(text, hit.start), end: unitsAt(text, hit.end) }))
    .filter((mark) => mark.end > mark.start)
  const cuts = [...new Set([0, text.length, ...marks.flatMap((mark) => [mark.start, mark.end])])].sort((a, b) => a - b)
  const found: Stretch[] = []
  for (let index = 0; index + 1 < cuts.length; index++) {
    const [start, end] = [cuts[index]!, cuts[index + 1]!]
    const over = marks.filter((mark) => mark.start <= start && mark.end >= end).map((mark) => mark.hit)
    const worst = mostSevere(over)
    found.push({ text: text.slice(start, end), severity: worst?.severity ?? null, why: worst?.why ?? '' })
  }
  return found
}

export function mostSevere(hits: readonly Hit[]): Hit | undefined {
  return [...hits].sort((a, b) => RANK[b.severity] - RANK[a.severity])[0]
}

/** The remarks that still hold after the text changed elsewhere: those whose words stand where they stood. */
export function stillThere(text: string, about: string, hits: readonly Hit[]): Hit[] {
  if (text === about) return [...hits]
  return hits.filter((hit) => {
    const [start, end] = [unitsAt(about, hit.start), unitsAt(about, hit.end)]
    return end > start && text.slice(0, end) === about.slice(0, end)
  })
}

/** The better wording on offer: that of the most severe remark that has one. */
export function rewriteOf(hits: readonly Hit[]): string {
  return mostSevere(hits.filter((hit) => hit.rewrite))?.rewrite ?? ''
}

export function verdictOf(hits: readonly Hit[]): Verdict {
  return mostSevere(hits)?.severity ?? 'pass'
}
