import { computed } from 'vue'

import { i18n } from './i18n'
import { browserStorage, readJson, writeJson } from './storage'

export type Language = 'zh' | 'en'
const KEY = 'jinpai.language'

/** Each language by the name its speakers know it by. */
export const LANGUAGES: Readonly<Record<Language, string>> = { zh: '中文', en: 'English' }

const TAGS: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en-GB' }

export const language = computed<Language>(() => i18n.global.locale.value as Language)

/** The language as browsers name it, for dates and numbers. */
export function languageTag(): string {
  return TAGS[language.value]
}

/** Speaks the remembered language, Chinese without one; done once its words are here. */
export async function installLanguage(): Promise<void> {
  await speak(readJson(browserStorage(), KEY) === 'en' ? 'en' : 'zh')
}

/** Changes the language of the whole page; the choice is remembered. */
export async function chooseLanguage(next: Language): Promise<void> {
  await speak(next)
  writeJson(browserStorage(), KEY, next === 'zh' ? null : next)
}

async function speak(next: Language): Promise<void> {
  if (next === 'en' && !i18n.global.availableLocales.includes('en')) {
    i18n.global.setLocaleMessage('en', (await import('@/words/en')).default)
  }
  i18n.global.locale.value = next
  document.documentElement.lang = TAGS[next]
}
