import { el, icon } from './dom'
import { words } from './words'

const STAR = 'M12 3l2.7 5.8 6.3.8-4.6 4.3 1.2 6.2L12 17.1 6.4 20.1l1.2-6.2L3 9.6l6.3-.8z'
const LONGEST = 500
const MOVES: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

/** Asks how the reception was: five levels with their words, and room for a sentence. */
export function drawRating(send: (stars: number, text: string) => Promise<void>): HTMLElement {
  let chosen = 0
  const stars = words.stars.map((word, place) =>
    el('button', { type: 'button', role: 'radio', onclick: () => choose(place + 1) }, icon(STAR), word),
  )
  const group = el('div', { class: 'stars', role: 'radiogroup', 'aria-label': words.rate, onkeydown: onKey as (event: never) => void }, ...stars)
  const text = el('textarea', { rows: '1', maxlength: String(LONGEST), 'aria-label': words.ratingWords, placeholder: words.ratingWords })
  const note = el('p', { class: 'note', role: 'alert' })
  const submit = el('button', { type: 'button', class: 'send', onclick: () => void give() }, words.rateSend)
  const node = el('div', { class: 'rate' }, el('h3', {}, words.rate), group, text, note, submit)
  text.hidden = note.hidden = true
  show()

  function choose(level: number): void {
    chosen = level
    text.hidden = false
    say('')
    show()
    node.scrollIntoView({ block: 'end' })
  }

  function show(): void {
    for (const [place, star] of stars.entries()) {
      star.setAttribute('aria-checked', String(place + 1 === chosen))
      star.tabIndex = place === Math.max(0, chosen - 1) ? 0 : -1
      star.classList.toggle('lit', place < chosen)
    }
  }

  function onKey(event: KeyboardEvent): void {
    const move = MOVES[event.key]
    if (!move) return
    event.preventDefault()
    choose(((chosen || (move > 0 ? 0 : 1)) - 1 + move + stars.length) % stars.length + 1)
    stars[chosen - 1]?.focus()
  }

  function say(line: string): void {
    note.hidden = !line
    note.textContent = line
  }

  async function give(): Promise<void> {
    if (!chosen) return say(words.ratePick)
    submit.disabled = true
    try {
      await send(chosen, text.value.trim())
    } catch (error) {
      say((error instanceof Error && !(error instanceof TypeError) && error.message) || words.noService)
    }
    submit.disabled = false
  }

  return node
}
