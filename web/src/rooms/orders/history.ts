import type { components } from '@/api/schema'
import { serverNow } from '@/kit/clock'
import { words } from '@/kit/i18n'
import { money } from '@/kit/numbers'
import { dayAndTime } from '@/kit/time'

type Fact = components['schemas']['OrderFactView']

const AMOUNTS = new Set(['total', 'paid', 'freight', 'refunded'])

/** What happened, one sentence a change. */
export function sentencesOf(fact: Fact): string[] {
  if (fact.kind === 'order_recorded') return arrangedAs(fact) ? [] : [words('orders.recorded')]
  if (fact.kind === 'order_revealed') return [words('orders.revealed')]
  const changed = Object.entries(fact.changes).map(([name, [from, to]]) =>
    words('orders.changed', { field: nameOf(name), from: shown(name, from), to: shown(name, to) }),
  )
  return [...changed, ...fact.fields.map((name) => words('orders.changedOnly', { field: nameOf(name) }))]
}

/** The words for how orders were rearranged, with a place for the other orders' numbers; empty if they were not. */
export function arrangedAs(fact: Fact): string {
  if (!fact.deed) return ''
  const isNew = fact.kind === 'order_recorded' || fact.changes.state?.[1] === 'closed'
  return `ordering.${isNew ? 'by' : 'did'}.${fact.deed}`
}

function nameOf(field: string): string {
  return words(`orders.field.${field}`)
}

function shown(name: string, value: unknown): string {
  if (value === null || value === '' || (name === 'refund' && value === 'none')) return words('orders.nothingBefore')
  if (name === 'trouble') return words(`radar.view.${String(value)}`)
  if (name === 'claim') return words(`claims.state.${String(value)}`)
  if (name === 'parcel') return words(`parcels.state.${String(value)}`)
  if (name === 'state' || name === 'refund' || name === 'flag') return words(`orders.${name}.${String(value)}`)
  if (AMOUNTS.has(name)) return money(String(value))
  return name.endsWith('_at') ? dayAndTime(Number(value), serverNow()) : String(value)
}
