import { type Ref, ref } from 'vue'

import { Problem } from './http'

/** Something a person asked for: whether it is being done, and why it could not be. */
export interface Deed {
  busy: Ref<boolean>
  problem: Ref<string>
  /** Does the work, one at a time; true when it was done. */
  run: (work: () => Promise<unknown>) => Promise<boolean>
}

/** Keeps a failure in `problem`, to be shown where it was asked for, or hands it to `tell`. */
export function useDeed(tell?: (problem: unknown) => void): Deed {
  const busy = ref(false)
  const problem = ref('')

  async function run(work: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    problem.value = ''
    try {
      await work()
      return true
    } catch (error) {
      if (tell) tell(error)
      else problem.value = Problem.from(error).line
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy, problem, run }
}
