const SLASH = /(?:^|\s)\/([^\n/]{0,40})$/

/** The slash at the end of the text behind which a reply is looked for, and what is typed behind it. */
export function slashAt(text: string): { start: number; query: string } | null {
  const found = SLASH.exec(text)
  if (!found) return null
  const query = found[1] ?? ''
  return { start: text.length - query.length - 1, query }
}
