import { en } from './en'
import { type Words, zh } from './zh'

/** The words in use; Chinese until `speak` chooses. */
export let words: Words = zh

/** Chooses the language by its tag (`zh-CN`, `en`, …) and tells the tag the window carries. */
export function speak(language: string): string {
  const isEnglish = /^en\b/i.test(language)
  words = isEnglish ? en : zh
  return isEnglish ? 'en' : 'zh-CN'
}
