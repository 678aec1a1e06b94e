import { unitsAt } from '@/kit/text'
import type { Bait, Hit, LogEvent, Severity, Verdict } from '@/live/frames'

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

/** The whole text put right as the server found it, while it is still the same text; else the gravest remark's wording. */
export function betterOf(text: string, told: { about: string; better?: string } | null, hits: readonly Hit[]): string {
  return (told?.about === text && told.better) || rewriteOf(hits)
}

/** The bait in what a buyer wrote since a person last answered, each kind once, the newest first. */
export function openBait(events: readonly LogEvent[]): Bait[] {
  const found = new Map<string, Bait>()
  for (let at = events.length - 1; at >= 0; at--) {
    const event = events[at]!
    if (event.kind === 'closed' || (event.kind === 'message' && event.from.role === 'agent')) break
    for (const one of event.bait ?? []) if (!found.has(one.trap)) found.set(one.trap, one)
  }
  return [...found.values()]
}

export function verdictOf(hits: readonly Hit[]): Verdict {
  return mostSevere(hits)?.severity ?? 'pass'
}
