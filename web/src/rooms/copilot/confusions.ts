import type { components } from '@/api/schema'
import { http, take } from '@/kit/http'
import type { Correction } from '@/rooms/desk/composer/intents'

export type ConfusionList = components['schemas']['ConfusionList']
export type Confusion = components['schemas']['ConfusionView']
export type Instance = components['schemas']['InstanceView']
export type LearningState = components['schemas']['LearningState']

/** How long until what is being learned is asked for again. */
export const LEARNING_MS = 4_000

export const readConfusions = (shop: string) => take(http.GET('/api/v1/copilot/confusions', { params: { query: { shop } } }))
export const readLearning = (shop: string) => take(http.GET('/api/v1/copilot/learning', { params: { query: { shop } } }))

/** Says which intent this text is an example of: one of another intent is moved, a new one added; learning begins. */
export const putExample = (shop: string, text: string, meant: string): Promise<Correction> =>
  take(http.POST('/api/v1/copilot/examples', { body: { shop, text, meant } }))

export const learnNow = (shop: string) => take(http.POST('/api/v1/copilot/learn', { body: { shop } }))
