import type { InjectionKey } from 'vue'

/** The part of JSON Schema that content files use. */
export interface Schema {
  type?: string
  $ref?: string
  enum?: string[]
  const?: unknown
  anyOf?: Schema[]
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

/** Which section's entry is filled in: a field may be called differently there. */
export const SECTION: InjectionKey<string> = Symbol('section')

export type Kind = 'choice' | 'switch' | 'number' | 'time' | 'date' | 'line' | 'text' | 'tags' | 'list' | 'map' | 'group' | 'other'

/** What a schema means once references are followed and `null` is left out. */
export function resolve(schema: Schema, defs: Record<string, Schema>): Schema {
  if (schema.$ref) return resolve(defs[schema.$ref.split('/').pop() ?? ''] ?? {}, defs)
  const some = schema.anyOf?.filter((one) => one.type !== 'null')
  return some?.length === 1 ? resolve(some[0]!, defs) : schema
}

/** Which field a person fills in for this schema. */
export function kindOf(schema: Schema, defs: Record<string, Schema>): Kind {
  const it = resolve(schema, defs)
  if (it.enum) return 'choice'
  if (it.type === 'boolean') return 'switch'
  if (it.type === 'integer') return 'number'
  if (it.type === 'string') {
    if (it.format === 'date') return 'date'
    if (it.pattern?.includes('[01]')) return 'time'
    return it.pattern || (it.maxLength ?? Infinity) <= 80 ? 'line' : 'text'
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
