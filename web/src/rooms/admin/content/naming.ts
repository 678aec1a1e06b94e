import { defineStore } from 'pinia'
import { ref } from 'vue'
import { useI18n } from 'vue-i18n'

import { http, take } from '@/kit/http'

import { useDraft } from './draft'

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
  const draft = useDraft()
  const asked = ref<readonly Named[]>([])

  /** Reads what buyers ask; the people come with the draft. Who may not see a list goes on with logins or ids. */
  async function open(shop: string): Promise<void> {
    const [intents] = await Promise.allSettled([take(http.GET('/api/v1/copilot/intents', { params: { query: { shop } } }))])
    if (intents.status !== 'fulfilled') return
    const branches = [...new Set(intents.value.items.map((one) => one.branch))]
    asked.value = [
      ...branches.map((id) => ({ value: id, label: t('admin.content.allOf', { name: te(`copilot.branch.${id}`) ? t(`copilot.branch.${id}`) : id }) })),
      ...intents.value.items.map((one) => ({ value: one.id, label: one.title })),
    ]
  }

  /** Whom or what this field can name; empty for a field that names nobody. */
  function choices(field: string): readonly Named[] {
    if (PEOPLE.includes(field)) return draft.people.map((one) => ({ value: one.login, label: one.name }))
    return ASKED.includes(field) ? asked.value : []
  }

  /** The first of these that has words. */
  function say(...keys: string[]): string | undefined {
    const key = keys.find((one) => te(one))
    return key && t(key)
  }

  /** What a field is called, in this section or anywhere; its own name where it has no word. */
  function field(name: string, section = ''): string {
    return say(`fieldOf.${section}.${name}`, `field.${name}`) ?? name
  }

  /** Whether this value of a field has words of its own. */
  function has(name: string, item: unknown, section = ''): boolean {
    return typeof item === 'string' && say(...keysOf(name, item, section)) !== undefined
  }

  const keysOf = (name: string, item: unknown, section: string) => [`choiceOf.${section}.${name}.${String(item)}`, `choice.${name}.${String(item)}`, `choice.all.${String(item)}`]

  /** The word for one key or value of a field: its own, else the name behind it, else as it is written. */
  function word(name: string, item: unknown, section = ''): string {
    if (typeof item === 'boolean') return t(item ? 'admin.yes' : 'admin.no')
    const own = say(...keysOf(name, item, section))
    return own ?? choices(name).find((one) => one.value === item)?.label ?? String(item)
  }

  return { open, choices, field, has, word }
})
