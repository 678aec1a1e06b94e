import '@/kit/base.css'
import '@/kit/element.css'

import { createPinia } from 'pinia'
import { createApp } from 'vue'

import App from '@/App.vue'
import { whenSignedOut } from '@/kit/http'
import { i18n, words } from '@/kit/i18n'
import { installLanguage } from '@/kit/language'
import { installTheme } from '@/kit/theme'
import { installViewport } from '@/kit/viewport'
import { router } from '@/router'
import { useSession } from '@/rooms/staff/session'

installTheme()
installViewport()
await installLanguage()

const app = createApp(App).use(createPinia())
whenSignedOut(() => useSession().leave(words('staff.expired')))
app.use(i18n).use(router).mount('#app')
