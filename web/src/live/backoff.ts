export const FIRST_DELAY_MS = 500
export const LONGEST_DELAY_MS = 15_000
const JITTER = 0.3

/** How long to wait before attempt `attempt` (0 is the first retry): 0.5 s doubling to 15 s, ±30 %; `random` in [0, 1). */
export function delayBefore(attempt: number, random: number): number {
  const plain = Math.min(FIRST_DELAY_MS * 2 ** Math.min(attempt, 16), LONGEST_DELAY_MS)
  return Math.round(plain * (1 - JITTER + 2 * JITTER * random))
}
