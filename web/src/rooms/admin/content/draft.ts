import { defineStore } from 'pinia'
import { computed, reactive, toRefs } from 'vue'

import type { components } from '@/api/schema'
import { http, Problem, take } from '@/kit/http'
import { browserStorage, readJson, writeJson } from '@/kit/storage'

import type { Schema } from './schema'

export type Change = components['schemas']['ChangeView']
export type Trouble = components['schemas']['ProblemView']
export type Entry = components['schemas']['EntryView']
export type Section = components['schemas']['SectionView']
export type Person = components['schemas']['PersonView']
export type Files = Record<string, string>
export type Value = Record<string, unknown> | null

interface Kept {
  base: number
  files: Files
}

/** One shop's content as it would be after publishing: what is edited here, checked by the server, kept in the browser. */
export const useDraft = defineStore('contentDraft', () => {
  const state = reactive({
    shop: '',
    /** The version in force, 0 = none yet; and the one this draft began from. */
    version: 0,
    base: 0,
    inForce: {} as Files,
    files: {} as Files,
    sections: [] as Section[],
    people: [] as Person[],
    problems: [] as Trouble[],
    changes: [] as Change[],
    phase: 'idle' as 'idle' | 'checking' | 'failed',
    failure: '',
  })
  let asked = 0

  const isTouched = computed(() => !same(state.files, state.inForce))
  /** Somebody published since this draft was begun. */
  const isOvertaken = computed(() => isTouched.value && state.base !== state.version)

  const key = () => `jinpai.content.${state.shop}`

  /** Reads what is in force; a draft kept for this shop is taken up again. Throws a `Problem`. */
  async function open(shop: string): Promise<void> {
    const answer = await take(http.GET('/api/v1/content/sections', { params: { query: { shop } } }))
    state.shop = shop
    state.version = answer.version
    state.sections = answer.items
    state.people = answer.people
    state.inForce = answer.files
    const kept = readJson(browserStorage(), key()) as Kept | null
    state.base = kept?.base ?? answer.version
    state.files = kept?.files ?? { ...answer.files }
    state.problems = []
    state.changes = []
    state.phase = 'idle'
    asked++
    if (isTouched.value) await check()
    else forget()
  }

  function keep(): void {
    if (isTouched.value) writeJson(browserStorage(), key(), { base: state.base, files: state.files } satisfies Kept)
    else forget()
  }

  function forget(): void {
    state.base = state.version
    writeJson(browserStorage(), key(), null)
  }

  /** Has the server look at the files; the newest question wins. */
  async function check(): Promise<void> {
    await ask(state.files, [])
  }

  /** Writes an entry into the files (null gives back what lies below) and has them looked at. */
  async function edit(section: string, id: string, value: Value): Promise<void> {
    await ask(state.files, [{ section, id, value: value as Record<string, never> | null }])
  }

  /** Tries an entry without keeping it; its problems and changes. Throws a `Problem`. */
  async function attempt(section: string, id: string, value: Value): Promise<{ problems: Trouble[]; changes: Change[] }> {
    const edits = [{ section, id, value: value as Record<string, never> | null }]
    return take(http.POST('/api/v1/content/check', { body: { shop: state.shop, files: state.files, edits } }))
  }

  async function ask(files: Files, edits: { section: string; id: string; value: Record<string, never> | null }[]): Promise<void> {
    const mine = ++asked
    state.phase = 'checking'
    try {
      const answer = await take(http.POST('/api/v1/content/check', { body: { shop: state.shop, files, edits } }))
      if (mine !== asked) return
      Object.assign(state, { files: answer.files, problems: answer.problems, changes: answer.changes, phase: 'idle' })
      keep()
    } catch (error) {
      if (mine !== asked) return
      state.phase = 'failed'
      state.failure = Problem.from(error).line
      throw error
    }
  }

  /** The entries of a section as they would be, with the form of one. Throws a `Problem`. */
  async function entries(section: string): Promise<{ form: Schema; items: Entry[] }> {
    const shop = state.shop
    const answer = await take(http.GET('/api/v1/content/entries', { params: { query: { shop, section } } }))
    const form = answer.form as Schema
    if (!isTouched.value) return { form, items: answer.items }
    const body = { shop, files: state.files, edits: [], section }
    return { form, items: (await take(http.POST('/api/v1/content/check', { body }))).entries ?? answer.items }
  }

  /** Replaces a file's text, or takes it away (null); not looked at before `check`. */
  function write(path: string, text: string | null): void {
    const files = { ...state.files }
    if (text === null) delete files[path]
    else files[path] = text
    state.files = files
    keep()
  }

  function replace(files: Files): void {
    state.files = { ...files }
    keep()
  }

  function discard(): void {
    state.files = { ...state.inForce }
    state.problems = []
    state.changes = []
    state.phase = 'idle'
    asked++
    forget()
  }

  /** Stores the files as a version and, with `publish`, puts it in force. Throws a `Problem`. */
  async function propose(note: string, publish: boolean): Promise<number> {
    const shop = state.shop
    const proposed = await take(http.POST('/api/v1/content/versions', { body: { shop, note, files: state.files } }))
    if (publish) await put(proposed.id)
    return proposed.id
  }

  /** Puts a stored version in force; the draft ends. Throws a `Problem`. */
  async function put(version: number): Promise<void> {
    const params = { path: { version_id: version } }
    await take(http.POST('/api/v1/content/versions/{version_id}/publish', { params, body: { shop: state.shop } }))
    writeJson(browserStorage(), key(), null)
    await open(state.shop)
  }

  return { ...toRefs(state), isTouched, isOvertaken, open, check, edit, attempt, entries, write, replace, discard, propose, put }
})

function same(a: Files, b: Files): boolean {
  const paths = Object.keys(a)
  return paths.length === Object.keys(b).length && paths.every((path) => a[path] === b[path])
}
