const SAMPLES = 8

/** The server's time as this machine can know it: of the last few greetings, the one that travelled fastest counts. */
export function createServerClock(now: () => number) {
  const offsets: number[] = []
  return {
    heard(at: number): void {
      offsets.push(at - now())
      if (offsets.length > SAMPLES) offsets.shift()
    },
    now(): number {
      return offsets.length ? now() + Math.max(...offsets) : now()
    },
  }
}
