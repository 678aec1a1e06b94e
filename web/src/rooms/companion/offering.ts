/** A quick reply as it would be inserted into a conversation. */
export interface Offer {
  id: string
  folder: string
  title: string
  filled: string
  missing: string[]
}

/** The folder whose replies open a reception. */
const GREETINGS = '欢迎'
const PIECE = 2

/**
 * The replies that fit what the buyer just said, best first: those that share most with it, two characters at a time,
 * counted in their titles twice. Before the first answer a greeting leads; where nothing fits, the order stays.
 */
export function rank(offers: readonly Offer[], heard: string, isAnswered: boolean): Offer[] {
  const wanted = pieces(heard)
  const scored = offers
    .map((offer) => ({ offer, score: 2 * shared(wanted, offer.title) + shared(wanted, offer.filled) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ offer }) => offer)
  const greetings = isAnswered ? [] : offers.filter((offer) => offer.folder.startsWith(GREETINGS))
  return [...new Set([...greetings.slice(0, 1), ...scored, ...greetings, ...offers])]
}

function pieces(text: string): Set<string> {
  const letters = [...text.toLowerCase().replaceAll(/[\s\p{P}\p{S}]/gu, '')]
  return new Set(letters.slice(0, -1).map((letter, at) => letter + letters.slice(at + 1, at + PIECE).join('')))
}

function shared(wanted: Set<string>, text: string): number {
  const has = text.toLowerCase()
  return [...wanted].filter((piece) => has.includes(piece)).length
}
