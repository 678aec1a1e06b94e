import { reactive, ref, watch } from 'vue'

import { http, Problem, take } from '@/kit/http'
import { sayProblem } from '@/kit/say'

import type { Order, State } from './orders'

/** So long a pause in typing asks the server. */
const PAUSE_MS = 250

export interface Wish {
  q: string
  state: State | ''
  shop: string
}

/** The list of orders that fit a wish; asks anew when the wish changes, keeps what is shown until the answer is here. */
export function useListing(wish: Wish) {
  const state = reactive({
    phase: 'loading' as 'loading' | 'error' | 'ready',
    problem: '',
    items: [] as Order[],
    counts: {} as Partial<Record<State, number>>,
    next: null as string | null,
  })
  const busy = ref(false)
  let asked = 0
  let pause: ReturnType<typeof setTimeout> | undefined

  function ask(cursor: string | null) {
    const query = {
      ...(wish.q.trim() && { q: wish.q.trim() }),
      ...(wish.state && { state: wish.state }),
      ...(wish.shop && { shop: wish.shop }),
      ...(cursor && { cursor }),
    }
    return take(http.GET('/api/v1/orders', { params: { query } }))
  }

  async function reload(): Promise<void> {
    const mine = ++asked
    try {
      const page = await ask(null)
      if (mine !== asked) return
      Object.assign(state, { phase: 'ready', items: page.items, next: page.next, counts: page.counts ?? {} })
    } catch (error) {
      if (mine === asked) Object.assign(state, { phase: 'error', problem: Problem.from(error).line })
    }
  }

  async function more(): Promise<void> {
    if (busy.value || !state.next) return
    const mine = asked
    busy.value = true
    try {
      const page = await ask(state.next)
      if (mine === asked) Object.assign(state, { items: [...state.items, ...page.items], next: page.next })
    } catch (error) {
      sayProblem(error)
    } finally {
      busy.value = false
    }
  }

  watch(() => [wish.state, wish.shop], () => void reload(), { immediate: true })
  watch(() => wish.q, () => {
    clearTimeout(pause)
    pause = setTimeout(() => void reload(), PAUSE_MS)
  })
  return { state, busy, reload, more }
}
