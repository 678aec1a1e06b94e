import type { Ref } from 'vue'

import { useDeed } from './deed'
import { type Loading, useLoading } from './loading'
import { sayProblem } from './say'

/** A page of a list; `next` asks for the one after it. */
interface Page {
  items: unknown[]
  next?: string | number | null
}

export interface Paging<P extends Page> {
  /** All pages read so far as one; `reload` begins anew. */
  load: Loading<P>
  busy: Ref<boolean>
  more: () => Promise<boolean>
}

/** A list read page by page; a page that was asked for before the list began anew is left out. */
export function usePaging<P extends Page>(ask: (after: NonNullable<P['next']> | null) => Promise<P>): Paging<P> {
  const load = useLoading<P>(() => ask(null))
  const { busy, run } = useDeed(sayProblem)
  const more = () =>
    run(async () => {
      const before = load.data
      if (!before?.next) return
      const { items, next } = await ask(before.next)
      if (load.data === before) load.data = { ...before, items: [...before.items, ...items], next }
    })
  return { load, busy, more }
}
