import type { Script } from '@/rooms/desk/side/scripts'

/** The folder whose scripts open a reception. */
const WELCOME = 'welcome'
const PIECE = 2

/**
 * The scripts that fit what the buyer just said, best first: those that share most with it, two characters at a time,
 * counted in their titles twice. Before the first answer, and where nothing fits, the greetings come first.
 */
export function offerFor(scripts: readonly Script[], heard: string, isAnswered: boolean): Script[] {
  const wanted = pieces(heard)
  const scored = scripts
    .map((script) => ({ script, score: 2 * shared(wanted, script.title) + shared(wanted, script.text) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ script }) => script)
  const greetings = isAnswered ? [] : scripts.filter((script) => script.scene.startsWith(WELCOME))
  return [...new Set([...greetings.slice(0, 1), ...scored, ...greetings, ...scripts])]
}

function pieces(text: string): Set<string> {
  const letters = [...text.toLowerCase().replaceAll(/[\s\p{P}\p{S}]/gu, '')]
  return new Set(letters.slice(0, -1).map((letter, at) => letter + letters.slice(at + 1, at + PIECE).join('')))
}

function shared(wanted: Set<string>, text: string): number {
  const has = text.toLowerCase()
  return [...wanted].filter((piece) => has.includes(piece)).length
}
