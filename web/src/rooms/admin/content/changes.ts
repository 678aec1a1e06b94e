/** A part of a value as it is shown before and after: what stays, what is struck, what is added. */
export interface Piece {
  kind: 'same' | 'struck' | 'added'
  text: string
}

/** How much of two texts must be alike for showing what differs inside them. */
const ALIKE = 0.4

/** What became of a field, piece by piece: lists item by item, texts sentence by sentence, all else as a whole. */
export function pieces(before: unknown, after: unknown): Piece[] {
  if (Array.isArray(before) && Array.isArray(after)) return lists(before.map(show), after.map(show))
  if (typeof before === 'string' && typeof after === 'string') return texts(before, after)
  const found: Piece[] = []
  if (before !== null && before !== undefined) found.push(...whole(before, 'struck'))
  if (after !== null && after !== undefined) found.push(...whole(after, 'added'))
  return found
}

function whole(value: unknown, kind: Piece['kind']): Piece[] {
  return Array.isArray(value) ? value.map((item) => ({ kind, text: show(item) })) : [{ kind, text: show(value) }]
}

function show(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(show).join('、')
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return Object.entries(value)
    .map(([name, item]) => `${name}：${show(item)}`)
    .join('；')
}

function lists(before: string[], after: string[]): Piece[] {
  const there = new Set(before)
  const stays = new Set(after)
  const struck = before.filter((item) => !stays.has(item)).map((text): Piece => ({ kind: 'struck', text }))
  const added = after.filter((item) => !there.has(item)).map((text): Piece => ({ kind: 'added', text }))
  if (!struck.length && !added.length) return [...whole(before, 'struck'), ...whole(after, 'added')]
  return [...struck, ...added]
}

/** Sentences that stay are shown as they are; two texts with little in common are shown whole. */
function texts(before: string, after: string): Piece[] {
  const [old, fresh] = [sentences(before), sentences(after)]
  const common = longestCommon(old, fresh)
  if (common.join('').length < ALIKE * Math.max(before.length, after.length)) {
    return [{ kind: 'struck', text: before }, { kind: 'added', text: after }].filter((piece) => piece.text) as Piece[]
  }
  const found: Piece[] = []
  let [i, j] = [0, 0]
  for (const same of [...common, null]) {
    for (; i < old.length && old[i] !== same; i++) push(found, 'struck', old[i]!)
    for (; j < fresh.length && fresh[j] !== same; j++) push(found, 'added', fresh[j]!)
    if (same !== null) push(found, 'same', same)
    i++
    j++
  }
  return found
}

function push(found: Piece[], kind: Piece['kind'], text: string): void {
  const last = found.at(-1)
  if (last?.kind === kind) last.text += text
  else found.push({ kind, text })
}

function sentences(text: string): string[] {
  return text.match(/[^，。！？；、,.!?;\s]*[，。！？；、,.!?;\s]+|[^，。！？；、,.!?;\s]+$/gu) ?? []
}

function longestCommon(a: string[], b: string[]): string[] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i]![j] = a[i] === b[j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!)
    }
  }
  const found: string[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      found.push(a[i]!)
      i++
      j++
    } else if (lengths[i + 1]![j]! >= lengths[i]![j + 1]!) i++
    else j++
  }
  return found
}
