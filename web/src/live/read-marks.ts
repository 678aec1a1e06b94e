import type { ClientFrame, Side } from './frames'

/** How far this side has read; a mark is repeated on every new socket until the server has shown that it knows it. */
export function createReadMarks(transmit: (frame: ClientFrame) => boolean) {
  const mine = new Map<string, number>()
  const known = new Map<string, number>()

  return {
    mark(c: string, seq: number): void {
      if (seq <= Math.max(mine.get(c) ?? 0, known.get(c) ?? 0)) return
      mine.set(c, seq)
      transmit({ t: 'read', c, seq })
    },

    heard(c: string, who: Side, seq: number, me: Side | undefined): void {
      if (who === me) known.set(c, Math.max(known.get(c) ?? 0, seq))
    },

    resume(): void {
      for (const [c, seq] of mine) if (seq > (known.get(c) ?? 0)) transmit({ t: 'read', c, seq })
    },
  }
}
