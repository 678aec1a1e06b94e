import { computed, onScopeDispose, reactive } from 'vue'

import type { components } from '@/api/schema'
import { http, Problem, take } from '@/kit/http'
import { words } from '@/kit/i18n'

export type Preview = components['schemas']['ImportPreview']
export type Progress = components['schemas']['ImportView']

const MAX_BYTES = 10 << 20
const ASK_MS = 700
/** After so long without a change the run is taken for cut short. */
const STALLED_MS = 65_000

/** One import from the file to its result: read, correct, run, watch. */
export function useImporting() {
  const state = reactive({
    phase: 'choose' as 'choose' | 'reading' | 'checking' | 'ready' | 'running' | 'over',
    problem: '',
    preview: null as Preview | null,
    fields: [] as (string | null)[],
    ours: null as string[] | null,
    progress: null as Progress | null,
    movedAt: 0,
    isStalled: false,
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  let left = false
  onScopeDispose(() => {
    left = true
    clearTimeout(timer)
  })

  /** The names of the columns of which one is needed, while there is none. */
  const missing = computed(() => {
    const preview = state.preview
    const group = preview?.needs.find((fields) => !fields.some((field) => state.fields.includes(field)))
    return group?.map((id) => preview?.fields.find((field) => field.id === id)?.name ?? id) ?? []
  })
  const takeable = computed(() => {
    const tally = state.preview?.tally
    return tally ? tally.rows - tally.refused : 0
  })

  async function attempt(work: () => Promise<void>, back: typeof state.phase): Promise<void> {
    state.problem = ''
    try {
      await work()
    } catch (error) {
      state.problem = Problem.from(error).line
      state.phase = back
    }
  }

  function show(preview: Preview): void {
    state.preview = preview
    state.fields = preview.columns.map((column) => column.field ?? null)
    state.phase = 'ready'
  }

  async function read(file: File, shop: string, kind: string): Promise<void> {
    if (file.size > MAX_BYTES) {
      state.problem = words('imports.tooLarge')
      return
    }
    state.phase = 'reading'
    await attempt(async () => {
      const post = http.POST('/api/v1/imports', {
        params: { query: { shop, kind, name: file.name.slice(0, 200) } },
        body: file as unknown as string,
        bodySerializer: (body) => body,
        headers: { 'Content-Type': 'application/octet-stream' },
      })
      show(await take(post))
    }, 'choose')
  }

  /** Takes the column for this field, and no other column; null leaves it out. */
  async function correct(column: number, field: string | null): Promise<void> {
    state.fields = state.fields.map((one, at) => (at === column ? field : one === field ? null : one))
    await look()
  }

  /** Takes these names for the shop's side of a chat log. */
  async function correctOurs(ours: string[]): Promise<void> {
    state.ours = ours
    await look()
  }

  async function look(): Promise<void> {
    state.phase = 'checking'
    await attempt(async () => {
      show(await take(http.POST('/api/v1/imports/{import_id}/preview', { params: { path: path() }, body: decided() })))
    }, 'ready')
  }

  function decided() {
    return { fields: state.fields, ours: state.ours }
  }

  async function run(): Promise<void> {
    state.phase = 'running'
    state.isStalled = false
    await attempt(async () => {
      follow(await take(http.POST('/api/v1/imports/{import_id}/run', { params: { path: path() }, body: decided() })))
    }, state.progress ? 'running' : 'ready')
  }

  function follow(progress: Progress): void {
    if (progress.done !== state.progress?.done || progress.state !== state.progress.state) state.movedAt = Date.now()
    state.progress = progress
    state.isStalled = Date.now() - state.movedAt > STALLED_MS
    if (progress.state === 'done' || progress.state === 'failed') state.phase = 'over'
    else if (!left) timer = setTimeout(() => void ask(), ASK_MS)
  }

  async function ask(): Promise<void> {
    try {
      follow(await take(http.GET('/api/v1/imports/{import_id}', { params: { path: path() } })))
    } catch {
      if (!left) timer = setTimeout(() => void ask(), ASK_MS * 4)
    }
  }

  function path() {
    return { import_id: state.preview?.id ?? '' }
  }

  function restart(): void {
    Object.assign(state, { phase: 'choose', problem: '', preview: null, fields: [], ours: null, progress: null, isStalled: false })
  }

  return { state, missing, takeable, read, correct, correctOurs, run, restart }
}
