import { createI18n } from 'vue-i18n'

import zh from '@/words/zh'

/** Chinese is always here; `kit/language` fetches the other language's words when somebody asks for them. */
export const i18n = createI18n<false>({ legacy: false, locale: 'zh', fallbackLocale: 'zh', messages: { zh } })

/** Words for code outside components. */
export const words = i18n.global.t
