import { defineStore } from 'pinia'
import { computed, ref } from 'vue'

import { browserStorage, readJson, writeJson } from '@/kit/storage'
import { useSession } from '@/rooms/staff/session'

const KEY = 'jinpai.admin.shop'

/** Which of one's shops is being administered; remembered. */
export const useAdminShop = defineStore('adminShop', () => {
  const session = useSession()
  const chosen = ref(readJson(browserStorage(), KEY))
  const shops = computed(() => session.me?.shops ?? [])
  const id = computed(() => shops.value.find((shop) => shop.id === chosen.value)?.id ?? shops.value[0]?.id ?? '')

  function choose(next: string): void {
    chosen.value = next
    writeJson(browserStorage(), KEY, next)
  }

  function nameOf(shop: string): string {
    return shops.value.find((one) => one.id === shop)?.name ?? shop
  }

  return { shops, id, choose, nameOf }
})
