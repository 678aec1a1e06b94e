import { el, icon } from './dom'
import { words } from './words'

const SMILE = 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM9 9.5v.5M15 9.5v.5M8.2 14c2 3 5.6 3 7.6 0'
const FACES = ['😊', '👍', '🙏', '🌹', '😄', '😂', '😅', '🤔', '😉', '😭', '👌', '🎉', '❤️', '💪', '🎁', '📦']

export interface WritingDeeds {
  send(text: string): void
  typing(): void
  keep(draft: string): void
}

/** Where the buyer writes: text that grows, smiles, and a button. */
export function createWriting(draft: string, deeds: WritingDeeds) {
  let limit = 5_000
  const input = el('textarea', {
    rows: '1',
    dir: 'auto',
    enterkeyhint: 'send',
    'aria-label': words.input,
    placeholder: words.placeholder,
    oninput: onInput,
    onkeydown: onKey as (event: never) => void,
  })
  const send = el('button', { type: 'button', class: 'send', onclick: submit }, words.send)
  const faces = el('div', { class: 'faces', role: 'group', 'aria-label': words.emoji })
  const smile = el('button', { type: 'button', class: 'tool', 'aria-label': words.emoji, 'aria-expanded': 'false', onclick: toggleFaces }, icon(SMILE))
  const note = el('p', { class: 'note', role: 'alert' })
  faces.hidden = note.hidden = true
  faces.append(...FACES.map((face) => el('button', { type: 'button', onclick: () => insert(face) }, face)))
  const node = el('div', { class: 'comp' }, faces, note, el('div', { class: 'line' }, smile, input, send))
  set(draft)

  function onInput(): void {
    grow()
    deeds.keep(input.value)
    if (input.value.trim()) deeds.typing()
  }

  function onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' && !faces.hidden) {
      event.stopPropagation()
      toggleFaces()
    }
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    submit()
  }

  function submit(): void {
    const text = input.value.trim()
    if (!text) return input.focus()
    const isTooLong = [...text].length > limit
    note.hidden = !isTooLong
    note.textContent = isTooLong ? words.tooLong(limit) : ''
    if (isTooLong) return
    deeds.send(text)
    set('')
    deeds.keep('')
    input.focus()
  }

  function toggleFaces(): void {
    faces.hidden = !faces.hidden
    smile.setAttribute('aria-expanded', String(!faces.hidden))
  }

  function insert(face: string): void {
    input.setRangeText(face, input.selectionStart, input.selectionEnd, 'end')
    toggleFaces()
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
    focus: () => input.focus(),
    /** Puts words back for the buyer to change, after what is already there. */
    putBack(text: string): void {
      set([input.value, text].filter(Boolean).join('\n'))
      deeds.keep(input.value)
      input.focus()
    },
    setLimit: (value: number) => void (limit = value),
  }
}
