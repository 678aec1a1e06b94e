import type { InjectionKey } from 'vue'

/** The part of JSON Schema that content files use. */
export interface Schema {
  type?: string
  $ref?: string
  enum?: string[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  discriminator?: { propertyName: string; mapping: Record<string, string> }
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  additionalProperties?: Schema | boolean
  propertyNames?: Schema
  patternProperties?: Record<string, Schema>
  default?: unknown
  minimum?: number
  maximum?: number
  maxLength?: number
  pattern?: string
  format?: string
  $defs?: Record<string, Schema>
}

/** The longest text that is written on one line, in characters. */
const LINE = 80

/** Which section's entry is filled in: a field may be called differently there. */
export const SECTION: InjectionKey<string> = Symbol('section')

export type Kind = 'choice' | 'switch' | 'number' | 'time' | 'date' | 'line' | 'text' | 'tags' | 'list' | 'map' | 'group' | 'other'

/** What a schema means once references are followed and `null` is left out; of several shapes the one `value` has. */
export function resolve(schema: Schema, defs: Record<string, Schema>, value?: unknown): Schema {
  if (schema.$ref) return resolve(defs[schema.$ref.split('/').pop() ?? ''] ?? {}, defs, value)
  if (schema.discriminator) return formOf(schema, String((value as { kind?: unknown } | undefined)?.kind ?? kindsOf(schema)[0]), defs)
  const some = schema.anyOf?.filter((one) => one.type !== 'null').map((one) => resolve(one, defs, value))
  return some?.length ? { ...pick(some, value), ...(schema.default === undefined ? {} : { default: schema.default }) } : schema
}

function pick(some: Schema[], value: unknown): Schema {
  if (some.length > 1 && some.every((one) => one.type === 'string')) {
    const choices = some.flatMap((one) => one.enum ?? (one.const === undefined ? [] : [String(one.const)]))
    return some.every((one) => one.enum || one.const !== undefined) ? { type: 'string', enum: choices } : { type: 'string', maxLength: LINE }
  }
  const types: Record<string, string> = { string: 'string', number: 'integer', boolean: 'boolean', object: 'object' }
  return some.find((one) => one.type === types[typeof value]) ?? some[0]!
}

/** The kinds of an entry that are told apart by their `kind`; none where all entries have one form. */
export function kindsOf(form: Schema): string[] {
  return Object.keys(form.discriminator?.mapping ?? {})
}

/** The form of an entry of this kind. */
export function formOf(form: Schema, kind: string, defs: Record<string, Schema>): Schema {
  const reference = form.discriminator?.mapping[kind]
  return reference ? resolve({ $ref: reference }, defs) : form
}

/** Which field a person fills in for this schema. */
export function kindOf(schema: Schema, defs: Record<string, Schema>, value?: unknown): Kind {
  const it = resolve(schema, defs, value)
  if (it.enum) return 'choice'
  if (it.type === 'boolean') return 'switch'
  if (it.type === 'integer') return 'number'
  if (it.type === 'string') {
    if (it.format === 'date' || it.pattern?.startsWith('^20')) return 'date'
    if (it.pattern?.includes('2[0-3]')) return 'time'
    return it.pattern || (it.maxLength ?? Infinity) <= LINE ? 'line' : 'text'
  }
  if (it.type === 'array' && it.items) return ['choice', 'line', 'text'].includes(kindOf(it.items, defs)) ? 'tags' : 'list'
  if (it.properties) return 'group'
  return it.type === 'object' ? 'map' : 'other'
}

/** The names a map may have, where they are few. */
export function mapNames(schema: Schema, defs: Record<string, Schema>): string[] {
  return schema.propertyNames ? (resolve(schema.propertyNames, defs).enum ?? []) : []
}

export function mapItem(schema: Schema): Schema {
  if (typeof schema.additionalProperties === 'object') return schema.additionalProperties
  return Object.values(schema.patternProperties ?? {})[0] ?? {}
}

/** A first value to fill in. */
export function blank(schema: Schema, defs: Record<string, Schema>): unknown {
  const it = resolve(schema, defs)
  if (it.const !== undefined) return it.const
  if (it.default !== undefined && it.default !== null) return structuredClone(it.default)
  switch (kindOf(schema, defs)) {
    case 'choice':
      return it.enum?.[0]
    case 'switch':
      return false
    case 'number':
      return it.minimum ?? 0
    case 'tags':
    case 'list':
      return []
    case 'map':
      return {}
    case 'group':
      return Object.fromEntries((it.required ?? []).map((name) => [name, blank(it.properties![name]!, defs)]))
    default:
      return ''
  }
}

/** The value without what is not filled in: an empty text that need not be there is left out. */
export function tidy(value: Record<string, unknown>, schema: Schema): Record<string, unknown> {
  const required = new Set(schema.required ?? [])
  return Object.fromEntries(Object.entries(value).filter(([name, item]) => required.has(name) || (item !== '' && item !== undefined && item !== null)))
}
