/** The position in UTF-16 units of the `count`th code point of `text`. */
export function unitsAt(text: string, count: number): number {
  let units = 0
  for (const point of text) {
    if (count-- <= 0) break
    units += point.length
  }
  return units
}

/** How many code points `text` has; what the server counts. */
export function codePoints(text: string): number {
  return [...text].length
}

/** The first letter people would call a name by. */
export function initial(name: string): string {
  const first = [...name.trim()][0]
  return first ? first.toUpperCase() : '客'
}
