import type { components } from '@/api/schema'
import { http, take } from '@/kit/http'

export type Topic = components['schemas']['TopicView']
export type Topics = components['schemas']['TopicList']
export type Sketch = components['schemas']['SketchView']
export type Kind = Sketch['kind']
export type Decision = components['schemas']['DecisionView']

export const STATES = ['open', 'proposed', 'aside'] as const
export type State = (typeof STATES)[number]

/** Who may put a proposed answer in force. */
export const PUBLISHERS = ['operations', 'owner']

const PATH = '/api/v1/copilot/questions'

export const readTopics = (shop: string, state: State, anew = false): Promise<Topics> =>
  take(http.GET(PATH, { params: { query: { shop, state, anew } } }))

/** The best answer given, made fit for all; nothing is stored. */
export const readSketch = (shop: string, fact: number, kind?: Kind): Promise<Sketch> =>
  take(http.GET(`${PATH}/sketch`, { params: { query: { shop, fact, ...(kind ? { kind } : {}) } } }))

export const putAside = (shop: string, fact: number, reason: string): Promise<Decision> =>
  take(http.POST(`${PATH}/aside`, { body: { shop, fact, reason } }))

/** Checks the answer and keeps it as a version nobody is told before it is published. */
export const propose = (shop: string, fact: number, made: Sketch): Promise<Decision> => {
  const { kind, question, answer, product, scene } = made
  return take(http.POST(`${PATH}/propose`, { body: { shop, fact, kind, question, answer, product, scene } }))
}

export const publish = (id: string): Promise<Decision> =>
  take(http.POST(`${PATH}/decisions/{decision_id}/publish`, { params: { path: { decision_id: id } }, body: {} }))

export const undo = (id: string): Promise<Decision> =>
  take(http.POST(`${PATH}/decisions/{decision_id}/undo`, { params: { path: { decision_id: id } }, body: {} }))
