import { onMounted, reactive } from 'vue'

import { Problem } from './http'

/** What a page shows while it fetches, when that failed, and when it is here. */
export interface Loading<T> {
  phase: 'loading' | 'error' | 'ready'
  problem: string
  data: T | null
  reload: () => Promise<void>
}

/** Fetches when the page opens and whenever `reload` is called; what is here stays until the new is. */
export function useLoading<T>(fetch: () => Promise<T>): Loading<T> {
  let asked = 0
  const state = reactive({
    phase: 'loading',
    problem: '',
    data: null,
    async reload() {
      const mine = ++asked
      if (state.phase === 'error') state.phase = 'loading'
      try {
        const data = await fetch()
        if (mine !== asked) return
        state.data = data
        state.phase = 'ready'
      } catch (error) {
        if (mine !== asked) return
        state.problem = Problem.from(error).line
        state.phase = 'error'
      }
    },
  }) as Loading<T>
  onMounted(state.reload)
  return state
}
