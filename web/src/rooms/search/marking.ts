export interface Piece {
  text: string
  found: boolean
}

/** The text cut at the ranges, which count code points as the server does. */
export function pieces(text: string, ranges: readonly (readonly [number, number])[]): Piece[] {
  const points = [...text]
  const cut: Piece[] = []
  let at = 0
  for (const [start, end] of ranges) {
    if (start > at) cut.push({ text: points.slice(at, start).join(''), found: false })
    cut.push({ text: points.slice(start, end).join(''), found: true })
    at = end
  }
  if (at < points.length) cut.push({ text: points.slice(at).join(''), found: false })
  return cut
}

/** Where the words stand in a text, as far as plain comparison can tell; for what the server does not mark. */
export function places(text: string, words: readonly string[]): [number, number][] {
  const points = [...text.toLowerCase()]
  const found = words.flatMap((word): [number, number][] => {
    const letters = [...word]
    const at = points.findIndex((_, start) => letters.every((letter, offset) => points[start + offset] === letter))
    return at < 0 ? [] : [[at, at + letters.length]]
  })
  found.sort((a, b) => a[0] - b[0])
  return found.filter(([start], index) => index === 0 || start >= found[index - 1]![1])
}
