import { onBeforeUnmount, ref, shallowRef, watch } from 'vue'

import { http, Problem, take } from '@/kit/http'

import type { Offer } from './offering'

const PAUSE_MS = 120
const ALL = 500
const FOUND = 3

/** The quick replies for a conversation: all that may be said there, or those that fit what is typed. */
export function useOffers(c: () => string, search: () => string) {
  const all = shallowRef<Offer[]>([])
  const found = shallowRef<Offer[] | null>(null)
  const phase = ref<'loading' | 'ready' | 'error'>('loading')
  const problem = ref('')
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = 0

  async function load(): Promise<void> {
    const mine = ++asked
    const q = search().trim()
    if (phase.value === 'error') phase.value = 'loading'
    try {
      const query = { c: c(), q, limit: q ? FOUND : ALL }
      const offers: Offer[] = await take(http.GET('/api/v1/scripts/find', { params: { query } }))
      if (mine !== asked) return
      if (!q) all.value = offers
      found.value = q ? offers : null
      phase.value = 'ready'
    } catch (error) {
      if (mine !== asked) return
      problem.value = Problem.from(error).line
      phase.value = 'error'
    }
  }

  watch(c, () => void load(), { immediate: true })
  watch(search, (text) => {
    clearTimeout(timer)
    if (text.trim()) timer = setTimeout(() => void load(), PAUSE_MS)
    else found.value = null
  })
  onBeforeUnmount(() => clearTimeout(timer))
  return { all, found, phase, problem, load }
}
