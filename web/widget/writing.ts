import { createChoosing, limited, picturesOf } from './choosing'
import { el, icon } from './dom'
import { createOrders } from './orders'
import type { OwnOrder } from './shop'
import { words } from './words'

const SMILE = 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM9 9.5v.5M15 9.5v.5M8.2 14c2 3 5.6 3 7.6 0'
const FACES = ['😊', '👍', '🙏', '🌹', '😄', '😂', '😅', '🤔', '😉', '😭', '👌', '🎉', '❤️', '💪', '🎁', '📦']

export interface WritingDeeds {
  send(text: string): void
  pictures(files: Blob[]): void
  orders(): Promise<OwnOrder[]>
  sendOrder(order: string): void
  typing(): void
  keep(draft: string): void
}

/** Where the buyer writes: text that grows, smiles, pictures, and a button. */
export function createWriting(draft: string, deeds: WritingDeeds) {
  let limit = 5_000
  const input = el('textarea', {
    rows: '1',
    dir: 'auto',
    enterkeyhint: 'send',
    'aria-label': words.input,
    placeholder: words.placeholder,
    oninput: onInput,
    onpaste: onPaste as (event: never) => void,
    onkeydown: onKey as (event: never) => void,
  })
  const send = el('button', { type: 'button', class: 'send', onclick: submit }, words.send)
  const faces = el('div', { class: 'faces', role: 'group', 'aria-label': words.emoji })
  const smile = el('button', { type: 'button', class: 'tool', 'aria-label': words.emoji, 'aria-expanded': 'false', onclick: () => showFaces(faces.hidden) }, icon(SMILE))
  const choosing = createChoosing(takePictures, () => orders.close())
  const orders = createOrders({ load: deeds.orders, send: sendOrder, opened: () => showFaces(false) })
  const note = el('p', { class: 'note', role: 'alert' })
  faces.hidden = note.hidden = true
  faces.append(...FACES.map((face) => el('button', { type: 'button', onclick: () => insert(face) }, face)))
  const tools = el('div', { class: 'tools' }, smile, choosing.button, orders.button, ...choosing.inputs)
  const node = el('div', { class: 'comp' }, faces, choosing.tray, orders.list, note, el('div', { class: 'line' }, tools, input, send))
  set(draft)

  function onInput(): void {
    grow()
    deeds.keep(input.value)
    if (input.value.trim()) deeds.typing()
  }

  function onKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    submit()
  }

  function onPaste(event: ClipboardEvent): void {
    const files = picturesOf(event.clipboardData)
    if (!files.length) return
    event.preventDefault()
    takePictures(files)
  }

  function takePictures(chosen: Blob[]): void {
    const { files, line } = limited(chosen)
    say(line)
    deeds.pictures(files)
  }

  function submit(): void {
    const text = input.value.trim()
    if (!text) return input.focus()
    const isTooLong = [...text].length > limit
    say(isTooLong ? words.tooLong(limit) : '')
    if (isTooLong) return
    deeds.send(text)
    set('')
    deeds.keep('')
    input.focus()
  }

  function sendOrder(order: string): void {
    deeds.sendOrder(order)
    input.focus()
  }

  function say(line: string): void {
    note.hidden = !line
    note.textContent = line
  }

  function showFaces(isOpen: boolean): void {
    choosing.close()
    orders.close()
    faces.hidden = !isOpen
    smile.setAttribute('aria-expanded', String(isOpen))
  }

  function insert(face: string): void {
    input.setRangeText(face, input.selectionStart, input.selectionEnd, 'end')
    showFaces(false)
    onInput()
    input.focus()
  }

  function set(text: string): void {
    input.value = text
    grow()
  }

  function grow(): void {
    send.disabled = !input.value.trim()
    input.style.height = 'auto'
    if (input.scrollHeight) input.style.height = `${input.scrollHeight + input.offsetHeight - input.clientHeight}px`
  }

  return {
    node,
    grow,
    takePictures,
    focus: () => input.focus(),
    /** Closes what Escape closes first; false when nothing of it was open. */
    fold(): boolean {
      if (faces.hidden && choosing.tray.hidden && orders.list.hidden) return false
      showFaces(false)
      input.focus()
      return true
    },
    /** Puts words back for the buyer to change, after what is already there. */
    putBack(text: string): void {
      set([input.value, text].filter(Boolean).join('\n'))
      deeds.keep(input.value)
      input.focus()
    },
    setKnown: orders.setKnown,
    setLimit: (value: number) => void (limit = value),
    /** While nobody is on duty, the buyer leaves a message. */
    setLeaving(isLeaving: boolean): void {
      input.placeholder = isLeaving ? words.leaveMessage : words.placeholder
    },
  }
}
