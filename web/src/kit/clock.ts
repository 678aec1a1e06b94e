import { createServerClock } from '@/live/server-clock'

const clock = createServerClock(() => Date.now())

/** An answer of the server says when it was sent, in whole seconds; whatever else it may be, it is not from the future. */
export function hearServer(response: Response): void {
  const at = Date.parse(response.headers.get('date') ?? '')
  if (!Number.isNaN(at)) clock.heard(at)
}

/** The server's time (ms): what pages count and show by, because the clock of this machine may be hours off. */
export const serverNow = (): number => clock.now()
