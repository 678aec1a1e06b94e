import type { Entry } from './draft'

export const SEVERITIES = ['block', 'confirm', 'warn', 'hint', 'off'] as const

/** A guard rule as its page shows it; lines that need circumstances are shown by their text. */
export interface Rule {
  id: string
  family: string
  severity: string
  why: string
  rewrite: string
  points: number
  blocks: string[]
  passes: string[]
}

export interface Family {
  id: string
  rules: Rule[]
}

export function ruleOf(entry: Entry): Rule | null {
  const value = entry.value
  if (!value || value.kind === 'lexicon') return null
  return {
    id: entry.id,
    family: String(value.family),
    severity: String(value.severity),
    why: String(value.why ?? ''),
    rewrite: String(value.rewrite ?? ''),
    points: Number(value.points ?? 0),
    blocks: lines(value.must_block),
    passes: lines(value.must_pass),
  }
}

/** The rules by family, those that match every word of `search`. */
export function families(rules: readonly Rule[], search: string, nameOf: (family: string) => string): Family[] {
  const words = search.trim().toLowerCase().split(/\s+/).filter(Boolean)
  const found = new Map<string, Rule[]>()
  for (const rule of rules) {
    const whole = `${rule.id}\n${nameOf(rule.family)}\n${rule.why}\n${rule.rewrite}\n${rule.blocks.join('\n')}`.toLowerCase()
    if (words.every((word) => whole.includes(word))) found.set(rule.family, [...(found.get(rule.family) ?? []), rule])
  }
  return Array.from(found, ([id, its]) => ({ id, rules: its }))
}

function lines(value: unknown): string[] {
  if (!Array.isArray(value)) return []
  return value.map((line: unknown) => (typeof line === 'string' ? line : String((line as { text?: string }).text ?? '')))
}
