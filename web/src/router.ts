import { createRouter, createWebHistory } from 'vue-router'

import { Problem } from '@/kit/http'
import { useSession } from '@/rooms/staff/session'

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/login', name: 'login', component: () => import('@/rooms/staff/SignInPage.vue'), meta: { open: true } },
    { path: '/', name: 'desk', component: () => import('@/rooms/desk/DeskPage.vue') },
    { path: '/companion', name: 'companion', component: () => import('@/rooms/companion/CompanionPage.vue') },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
})

router.beforeEach(async (to) => {
  const session = useSession()
  try {
    const me = await session.ready()
    if (me && to.name === 'login') return { name: 'desk' }
    if (!me && !to.meta.open) return { name: 'login', query: to.fullPath === '/' ? {} : { back: to.fullPath } }
  } catch (problem) {
    session.why = Problem.from(problem).line
    if (!to.meta.open) return { name: 'login' }
  }
  return true
})
