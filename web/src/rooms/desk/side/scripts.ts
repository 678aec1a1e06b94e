import { defineStore } from 'pinia'
import { reactive } from 'vue'

import { http, Problem, take } from '@/kit/http'

export interface Script {
  id: string
  code: string | null
  title: string
  text: string
  scene: string
  tone: string
}

interface Shelf {
  phase: 'loading' | 'ready' | 'error'
  items: Script[]
  problem: string
}

/** The quick replies of each shop, fetched when a conversation of that shop is first opened. */
export const useScripts = defineStore('scripts', () => {
  const shelves = reactive(new Map<string, Shelf>())

  async function load(shop: string): Promise<void> {
    if (shelves.get(shop)?.phase === 'ready') return
    shelves.set(shop, { phase: 'loading', items: [], problem: '' })
    try {
      const answer = await take(http.GET('/api/v1/scripts', { params: { query: { shop } } }))
      shelves.set(shop, { phase: 'ready', items: answer.items, problem: '' })
    } catch (error) {
      shelves.set(shop, { phase: 'error', items: [], problem: Problem.from(error).line })
    }
  }

  return { shelves, load }
})

/** The part of a scene's id that names its folder: `bargaining` of `bargaining.ladder`. */
export function folderOf(script: Script): string {
  return script.scene.split('.')[0] ?? ''
}

/** The scripts that contain every word of `search`: those whose code or title begins with it come first. */
export function findScripts(items: readonly Script[], search: string): Script[] {
  const words = search.trim().toLowerCase().split(/\s+/).filter(Boolean)
  if (!words.length) return [...items]
  const leads = (script: Script) => (script.code ?? '').toLowerCase().startsWith(words[0]!) || script.title.toLowerCase().startsWith(words[0]!)
  return items
    .filter((script) => {
      const whole = `${script.code ?? ''}\n${script.title}\n${script.scene}\n${script.text}`.toLowerCase()
      return words.every((word) => whole.includes(word))
    })
    .sort((a, b) => Number(leads(b)) - Number(leads(a)))
}
