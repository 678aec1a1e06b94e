import { defineStore } from 'pinia'
import { ref } from 'vue'
import { useI18n } from 'vue-i18n'

import { http, take } from '@/kit/http'

/** Fields whose keys or values stand for people (by login) and for what buyers ask (by intent or branch). */
const PEOPLE: readonly string[] = ['members', 'capacities']
const ASKED: readonly string[] = ['intents', 'questions']

export interface Named {
  value: string
  label: string
}

/** What people call those whom content names by login and what it names by id; what is not known keeps its own name. */
export const useNaming = defineStore('contentNaming', () => {
  const { t, te } = useI18n()
  const people = ref<readonly Named[]>([])
  const asked = ref<readonly Named[]>([])

  /** Reads both lists; who may not see one of them goes on with logins or ids. */
  async function open(shop: string): Promise<void> {
    const [staff, intents] = await Promise.allSettled([
      take(http.GET('/api/v1/staff')),
      take(http.GET('/api/v1/copilot/intents', { params: { query: { shop } } })),
    ])
    people.value = staff.status === 'fulfilled' ? staff.value.items.filter((one) => one.shops.includes(shop)).map((one) => ({ value: one.login, label: one.name })) : []
    if (intents.status !== 'fulfilled') return
    const branches = [...new Set(intents.value.items.map((one) => one.branch))]
    asked.value = [
      ...branches.map((id) => ({ value: id, label: t('admin.content.allOf', { name: te(`copilot.branch.${id}`) ? t(`copilot.branch.${id}`) : id }) })),
      ...intents.value.items.map((one) => ({ value: one.id, label: one.title })),
    ]
  }

  /** Whom or what this field can name; empty for a field that names nobody. */
  function choices(field: string): readonly Named[] {
    if (PEOPLE.includes(field)) return people.value
    return ASKED.includes(field) ? asked.value : []
  }

  /** The word for one key or value of a field: its own, else the name behind it, else as it is written. */
  function word(field: string, item: unknown): string {
    if (typeof item === 'boolean') return t(item ? 'admin.yes' : 'admin.no')
    const key = `choice.${field}.${String(item)}`
    return te(key) ? t(key) : (choices(field).find((one) => one.value === item)?.label ?? String(item))
  }

  return { open, choices, word }
})
