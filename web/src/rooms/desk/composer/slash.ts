const SLASH = /(?:^|\s)\/([^\n/]{0,40})$/

/** The slash at the end of the text behind which a reply is looked for, and what is typed behind it. */
export function slashAt(text: string): { start: number; query: string } | null {
  const found = SLASH.exec(text)
  if (!found) return null
  const query = found[1] ?? ''
  return { start: text.length - query.length - 1, query }
}

interface Offered {
  code: string
  title: string
  filled: string
}

/** The place in the list that this digit picks; -1 where it picks none, or goes on with a code or with words there are. */
export function placeOf(digit: string, query: string, offers: readonly Offered[]): number {
  const place = Number(digit) - 1
  const wanted = (query + digit).toLowerCase()
  const goesOn = offers.some(({ code, title, filled }) => code.toLowerCase().startsWith(wanted) || `${title}\n${filled}`.toLowerCase().includes(wanted))
  return query && offers[place] && !goesOn ? place : -1
}
