import { createRouter, createWebHistory } from 'vue-router'

import { Problem } from '@/kit/http'
import { words } from '@/kit/i18n'
import { sayProblem } from '@/kit/say'
import { mayOpen } from '@/places'
import { useSession } from '@/rooms/staff/session'

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/login', name: 'login', component: () => import('@/rooms/staff/SignInPage.vue'), meta: { open: true } },
    { path: '/', name: 'desk', component: () => import('@/rooms/desk/DeskPage.vue') },
    {
      path: '/orders',
      children: [
        { path: '', name: 'orders', component: () => import('@/rooms/orders/OrdersPage.vue') },
        { path: 'import', redirect: { name: 'imports', query: { kind: 'orders' } } },
        { path: ':id', name: 'order', props: true, component: () => import('@/rooms/orders/OrderPage.vue') },
      ],
    },
    { path: '/imports', name: 'imports', component: () => import('@/rooms/imports/ImportPage.vue') },
    {
      path: '/customers',
      children: [
        { path: '', name: 'customers', component: () => import('@/rooms/customers/CustomersPage.vue') },
        { path: 'care', name: 'care', component: () => import('@/rooms/care/CarePage.vue') },
        { path: ':id', name: 'customer', props: true, component: () => import('@/rooms/customers/CustomerPage.vue') },
      ],
    },
    { path: '/stock', name: 'stock', component: () => import('@/rooms/stock/StockPage.vue') },
    { path: '/returns', name: 'returns', component: () => import('@/rooms/stock/ReturnsPage.vue') },
    {
      path: '/purchases',
      children: [
        { path: 'suppliers', name: 'suppliers', component: () => import('@/rooms/stock/SuppliersPage.vue') },
        { path: '', name: 'purchases', component: () => import('@/rooms/stock/PurchasesPage.vue') },
        { path: ':id', name: 'purchase', props: true, component: () => import('@/rooms/stock/PurchasePage.vue') },
      ],
    },
    { path: '/dispatch', name: 'dispatch', component: () => import('@/rooms/dispatch/DispatchPage.vue') },
    { path: '/radar', name: 'radar', component: () => import('@/rooms/parcels/RadarPage.vue') },
    { path: '/claims', name: 'claims', component: () => import('@/rooms/parcels/ClaimsPage.vue') },
    { path: '/promises', name: 'promises', component: () => import('@/rooms/promises/PromisesPage.vue') },
    {
      path: '/tasks',
      children: [
        { path: '', name: 'tasks', component: () => import('@/rooms/tasks/TasksPage.vue') },
        { path: ':id', name: 'task', props: true, component: () => import('@/rooms/tasks/TaskPage.vue') },
      ],
    },
    {
      path: '/reminders',
      children: [
        { path: '', name: 'reminders', component: () => import('@/rooms/reminders/RemindersPage.vue') },
        { path: 'summary', name: 'reminders-summary', component: () => import('@/rooms/reminders/SummaryPage.vue') },
      ],
    },
    { path: '/search', name: 'search', component: () => import('@/rooms/search/SearchPage.vue') },
    { path: '/scripts', name: 'scripts', component: () => import('@/rooms/scripts/ScriptsPage.vue') },
    { path: '/companion', name: 'companion', component: () => import('@/rooms/companion/CompanionPage.vue') },
    {
      path: '/quality',
      children: [
        { path: '', name: 'quality', component: () => import('@/rooms/quality/QualityPage.vue') },
        { path: 'points', name: 'points', component: () => import('@/rooms/quality/PointsPage.vue') },
      ],
    },
    { path: '/copilot', name: 'copilot', component: () => import('@/rooms/copilot/CopilotPage.vue') },
    { path: '/wall', name: 'wall', component: () => import('@/rooms/wall/WallPage.vue') },
    {
      path: '/admin',
      name: 'admin',
      component: () => import('@/rooms/admin/AdminPage.vue'),
      children: [
        { path: 'staff', name: 'admin-staff', component: () => import('@/rooms/admin/StaffPage.vue') },
        { path: 'shops', name: 'admin-shops', component: () => import('@/rooms/admin/ShopsPage.vue') },
        { path: 'service', name: 'admin-service', component: () => import('@/rooms/admin/ServicePage.vue') },
        { path: 'rules', name: 'admin-rules', component: () => import('@/rooms/admin/RulesPage.vue') },
        { path: 'channels', name: 'admin-channels', component: () => import('@/rooms/admin/ChannelsPage.vue') },
        { path: 'model', name: 'admin-model', component: () => import('@/rooms/models/ModelPage.vue') },
        { path: 'content', name: 'admin-content', component: () => import('@/rooms/admin/ContentPage.vue') },
        { path: 'audit', name: 'admin-audit', component: () => import('@/rooms/admin/AuditPage.vue') },
      ],
    },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
})

router.beforeEach(async (to) => {
  const session = useSession()
  try {
    const me = await session.ready()
    if (me && to.name === 'login') return { name: 'desk' }
    if (me && !to.matched.every((one) => mayOpen(one.name, me.role))) {
      sayProblem(new Problem(403, 'not_allowed', words('problem.notYours')))
      return { name: 'desk' }
    }
    if (!me && !to.meta.open) return { name: 'login', query: to.fullPath === '/' ? {} : { back: to.fullPath } }
  } catch (problem) {
    session.why = Problem.from(problem).line
    if (!to.meta.open) return { name: 'login' }
  }
  return true
})
