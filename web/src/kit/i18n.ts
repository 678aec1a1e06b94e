import { createI18n } from 'vue-i18n'

import zh from '@/words/zh'

export const i18n = createI18n({ legacy: false, locale: 'zh', fallbackLocale: 'zh', messages: { zh } })

/** Words for code outside components. */
export const words = i18n.global.t
