import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'

import { http, Problem, setCsrf, take } from '@/kit/http'

export interface Me {
  id: string
  name: string
  role: string
  shops: { id: string; name: string }[]
}

/** Roles that may send what the guard leaves to a supervisor. */
const APPROVERS = new Set(['supervisor', 'owner'])

/** Who is signed in at this browser. */
export const useSession = defineStore('session', () => {
  const me = shallowRef<Me | null>(null)
  const why = ref('')
  let csrf = ''
  let asked: Promise<Me | null> | null = null

  function enter(answer: { me: Me; csrf: string }): Me {
    csrf = answer.csrf
    setCsrf(csrf)
    why.value = ''
    me.value = answer.me
    return answer.me
  }

  /** Asks the server; null when nobody is signed in. */
  async function refresh(): Promise<Me | null> {
    try {
      return enter(await take(http.GET('/api/v1/session')))
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) throw error
      forget()
      return null
    }
  }

  /** Asks once; a failed question may be asked again. */
  function ready(): Promise<Me | null> {
    asked ??= refresh().catch((error: unknown) => {
      asked = null
      throw error
    })
    return asked
  }

  async function signIn(login: string, password: string): Promise<void> {
    const body = { login, password }
    asked = Promise.resolve(enter(await take(http.POST('/api/v1/session', { body }))))
  }

  async function signOut(): Promise<void> {
    await take(http.DELETE('/api/v1/session'))
    leave('')
  }

  async function changePassword(old: string, fresh: string): Promise<void> {
    await take(http.PUT('/api/v1/session/password', { body: { old, new: fresh } }))
  }

  function forget(): void {
    csrf = ''
    setCsrf('')
    me.value = null
    asked = Promise.resolve(null)
  }

  /** The session is over; `reason` is told on the sign-in page. */
  function leave(reason: string): void {
    forget()
    why.value = reason
  }

  return {
    me,
    why,
    csrf: () => csrf,
    mayApprove: () => APPROVERS.has(me.value?.role ?? ''),
    refresh,
    ready,
    signIn,
    signOut,
    changePassword,
    leave,
  }
})
