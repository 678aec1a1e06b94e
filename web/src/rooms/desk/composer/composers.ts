import { defineStore } from 'pinia'
import { reactive, ref } from 'vue'

import { http, Problem, take } from '@/kit/http'
import { words } from '@/kit/i18n'
import { codePoints } from '@/kit/text'
import type { Live, Signal } from '@/live/client'
import type { Hit, Refusal } from '@/live/frames'
import { newClientId } from '@/live/ids'
import type { Pending } from '@/live/ports'

import { useAdvised } from './advised'
import { createDrafts, type Returned } from './drafts'
import { usePins } from './pins'
import { useSources } from './sources'
import { pictureUrl } from './uploads'
import { openVariables } from './variables'

const CHECK_AFTER_MS = 150
/** An answer usually takes milliseconds; after this the message waits beside the thread and the composer is free. */
const HOLD_MS = 1_500

export interface Composer {
  text: string
  note: string
  mode: 'reply' | 'note'
  /** The guard's last opinion, and the text it was about. */
  opinion: { about: string; hits: Hit[]; better: string } | null
  sending: { id: string; text: string; pin: string } | null
  /** Sent as soon as its picture is on the server. */
  waiting: boolean
  refusal: { id: string; about: string; code: string; verdict: string; message: string; hits: Hit[]; better: string; request: string } | null
  /** Why it is sent in spite of a warning. */
  reason: string
  /** The note on its way: repeated under the same id, so that a second try never leaves two. */
  saving: { id: string; text: string } | null
  problem: string
}

export interface Outgoing extends Pending {
  /** Still in the composer rather than beside the thread. */
  held: boolean
}

/** What is being written in each conversation; nothing an agent typed gets lost. */
export const useComposers = defineStore('composers', () => {
  const composers = reactive(new Map<string, Composer>())
  const outgoing = ref<Outgoing[]>([])
  const returned = ref<Returned[]>([])
  const pins = usePins()
  const sources = useSources()
  const advised = useAdvised()
  const questions = new Map<string, { c: string; about: string }>()
  const checks = new Map<string, ReturnType<typeof setTimeout>>()
  let drafts = createDrafts('')
  let live: Live | null = null
  let mayApprove = false
  let limit = 5_000

  function attach(line: Live, account: string, approver: boolean): void {
    live = line
    mayApprove = approver
    drafts = createDrafts(account)
    composers.clear()
    returned.value = drafts.loadReturned()
    outgoing.value = line.unanswered().map((message) => ({ ...message, held: false }))
    pins.attach(account, (c) => of(c).waiting && submit(c))
    for (const message of outgoing.value) pins.forget(message.c, message.attach)
  }

  function of(c: string): Composer {
    if (!composers.has(c)) {
      const draft = drafts.load(c)
      const unsent = outgoing.value.find((message) => message.c === c && draft.text.startsWith(message.text))
      if (unsent) draft.text = draft.text.slice(unsent.text.length)
      composers.set(c, { ...draft, mode: 'reply', opinion: null, sending: null, waiting: false, refusal: null, reason: '', saving: null, problem: '' })
    }
    return composers.get(c)!
  }

  function save(c: string): void {
    const { text, note } = of(c)
    drafts.save(c, { text, note })
  }

  function setText(c: string, text: string): void {
    const composer = of(c)
    composer.text = text
    if (composer.refusal && !composer.sending && composer.refusal.about !== text.trim()) composer.refusal = null
    save(c)
    clearTimeout(checks.get(c))
    if (!text.trim()) composer.opinion = null
    else checks.set(c, setTimeout(() => ask(c), CHECK_AFTER_MS))
  }

  function setNote(c: string, note: string): void {
    of(c).note = note
    save(c)
  }

  function ask(c: string): void {
    const about = of(c).text
    if (!about.trim() || codePoints(about) > limit) return
    const id = live?.check(c, about)
    if (id) questions.set(id, { c, about })
  }

  /** Sends what is written; a second time after a warning it goes out all the same. */
  function submit(c: string): void {
    const composer = of(c)
    const text = composer.text.trim()
    const pin = pins.first(c)
    if (!live || composer.sending || (!text && !pin)) return
    composer.text = text
    if (openVariables(text).length) return
    if (codePoints(text) > limit) return refuseHere(composer, words('composer.tooLong', { limit }))
    composer.waiting = pin !== undefined && pin.attach === null && pin.phase === 'sending'
    if (pin && !pin.attach) return
    const refusal = composer.refusal?.about === text ? composer.refusal : null
    const confirm = refusal !== null && mayConfirm(refusal.verdict)
    const id = confirm ? refusal.id : newClientId()
    composer.sending = { id, text, pin: pin?.key ?? '' }
    const carried = pin?.attach ? { attach: { ...pin.attach } } : {}
    const source = sources.of(c, text)
    outgoing.value.push({ id, c, text, ...carried, confirm, at: live.now(), after: 0, held: true })
    const reason = confirm ? composer.reason.trim() : ''
    live.send(c, text, { id, confirm, source, reason, advice: advised.of(c, text), ...carried })
    setTimeout(() => release(c, id), live.phase() === 'open' ? HOLD_MS : 0)
  }

  function refuseHere(composer: Composer, message: string): void {
    const about = composer.text
    composer.refusal = { id: '', about, code: 'bad_input', verdict: '', message, hits: [], better: '', request: '' }
  }

  function mayConfirm(verdict: string): boolean {
    return verdict === 'warn' || (verdict === 'confirm' && mayApprove)
  }

  /** No answer yet: the message waits beside the thread, the composer is free for the next one. */
  function release(c: string, id: string): void {
    const composer = of(c)
    if (composer.sending?.id !== id) return
    letGo(c, composer)
    const message = outgoing.value.find((other) => other.id === id)
    if (message) message.held = false
  }

  function letGo(c: string, composer: Composer): void {
    const sent = composer.sending?.text ?? ''
    if (composer.text.startsWith(sent)) composer.text = composer.text.slice(sent.length).trimStart()
    if (composer.sending?.pin) pins.remove(c, composer.sending.pin)
    composer.sending = composer.refusal = composer.opinion = null
    composer.reason = ''
    save(c)
    if (!composer.text && pins.first(c)) submit(c)
  }

  function on(signal: Signal): void {
    if (signal.t === 'welcome') limit = signal.limits.text
    if (signal.t === 'ack') {
      const composer = composers.get(signal.c)
      if (composer?.sending?.id === signal.id) letGo(signal.c, composer)
      const message = outgoing.value.find((other) => other.id === signal.id)
      if (message) message.held = true
    }
    if (signal.t === 'events') {
      const here = new Set(signal.events.map((event) => event.id))
      outgoing.value = outgoing.value.filter((message) => !here.has(message.id))
    }
    if (signal.t === 'refused' && signal.id) onRefused(signal, signal.sent)
    if (signal.t === 'checked') {
      const question = questions.get(signal.id)
      questions.delete(signal.id)
      if (question && of(question.c).text === question.about) {
        of(question.c).opinion = { about: question.about, hits: signal.hits, better: signal.better ?? '' }
      }
    }
  }

  function onRefused(refusal: Refusal, sent: Pending | undefined): void {
    questions.delete(refusal.id)
    if (!sent) return
    outgoing.value = outgoing.value.filter((message) => message.id !== sent.id)
    const composer = of(sent.c)
    const isHere = composer.sending?.id === sent.id
    if (isHere || !composer.text.trim()) {
      if (!isHere) comeBack(sent)
      composer.sending = null
      const { id, code, message, verdict = '', hits = [], better = '', request = '' } = refusal
      composer.refusal = { id, about: sent.text, code, verdict, message, hits, better, request }
      save(sent.c)
    } else {
      const { id, c, text, attach } = sent
      returned.value.push({ id, c, text, ...(attach && { attach }), message: refusal.message })
      drafts.saveReturned(returned.value)
    }
  }

  /** Takes a returned message out of the list; its text goes back into the composer when `keep`. */
  function takeBack(id: string, keep: boolean): void {
    const message = returned.value.find((other) => other.id === id)
    if (!message) return
    returned.value = returned.value.filter((other) => other.id !== id)
    drafts.saveReturned(returned.value)
    if (keep) comeBack(message)
  }

  /** A message that was not accepted goes back to where it was written, with what hung on it. */
  function comeBack({ c, text, attach }: Pick<Pending, 'c' | 'text' | 'attach'>): void {
    if (attach) pins.addCard(c, attach, words(`attach.${attach.kind}`), '', attach.kind === 'image' ? pictureUrl(attach.file, 'thumb') : '')
    setText(c, [of(c).text, text].filter(Boolean).join('\n'))
  }

  async function saveNote(c: string): Promise<void> {
    const composer = of(c)
    const text = composer.note.trim()
    if (!text || (composer.saving && !composer.problem)) return
    const body = composer.saving?.text === text ? composer.saving : { id: newClientId(), text }
    composer.saving = body
    composer.problem = ''
    try {
      await take(http.POST('/api/v1/conversations/{conversation_id}/note', { params: { path: { conversation_id: c } }, body }))
      if (composer.note.trim() === text) setNote(c, '')
      composer.mode = 'reply'
      composer.saving = null
    } catch (error) {
      composer.problem = Problem.from(error).line
    }
  }

  return { composers, outgoing, returned, attach, of, setText, setNote, submit, mayConfirm, takeBack, saveNote, on }
})
