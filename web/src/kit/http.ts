import createClient, { type Middleware } from 'openapi-fetch'

import type { paths } from '@/api/schema'
import { hearServer } from '@/kit/clock'
import { words } from '@/kit/i18n'

/** Why a request did not do what was asked; `message` says in Chinese what to do. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly request = '',
  ) {
    super(message)
  }

  /** The message; where nobody at the page can help themselves, with the request number a colleague can look up. */
  get line(): string {
    return this.request && this.status >= 500 ? `${this.message}（${this.request}）` : this.message
  }

  static from(value: unknown): Problem {
    if (value instanceof Problem) return value
    if (value instanceof TypeError) return new Problem(0, 'network', words('problem.network'))
    return new Problem(0, 'unknown', words('problem.unknown'))
  }
}

let csrf = ''
let onSignedOut: () => void = () => {}

export function setCsrf(token: string): void {
  csrf = token
}

/** What to do when a request finds out that nobody is signed in any more. */
export function whenSignedOut(run: () => void): void {
  onSignedOut = run
}

const guard: Middleware = {
  onRequest({ request }) {
    if (request.method !== 'GET' && csrf) request.headers.set('X-CSRF-Token', csrf)
    return request
  },
  onResponse({ response }) {
    hearServer(response)
  },
}

export const http = createClient<paths>({ credentials: 'same-origin' })
http.use(guard)

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The data of an answer; throws a `Problem` otherwise. */
export async function take<T>(asked: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>
  try {
    answer = await asked
  } catch (error) {
    throw Problem.from(error)
  }
  if (answer.response.ok) return answer.data as T
  const problem = problemOf(answer)
  if (problem.code === 'not_signed_in' && csrf) onSignedOut()
  throw problem
}

function problemOf({ error, response }: Answer<unknown>): Problem {
  const body = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>
  const detail = typeof body.detail === 'string' && body.detail ? body.detail : words('problem.silent', { status: response.status })
  return new Problem(response.status, String(body.code ?? 'unknown'), detail, String(body.request ?? ''))
}
