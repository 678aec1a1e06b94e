import { el, icon } from './dom'
import { MOST_AT_ONCE } from './uploads'
import { words } from './words'

const PICTURE = 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4'

/** The button that chooses pictures; on a phone it asks first: from the album, or with the camera. */
export function createChoosing(take: (files: Blob[]) => void, pressed: () => void) {
  const album = chooser({ multiple: true })
  const camera = chooser({ capture: 'environment' })
  const tray = el(
    'div',
    { class: 'tray', role: 'group', 'aria-label': words.picture },
    el('button', { type: 'button', onclick: () => ask(album) }, words.album),
    el('button', { type: 'button', onclick: () => ask(camera) }, words.camera),
  )
  const button = el('button', { type: 'button', class: 'tool', 'aria-label': words.picture, onclick: press }, icon(PICTURE))
  tray.hidden = true

  function chooser(more: Record<string, string | boolean>): HTMLInputElement {
    const input = el('input', { type: 'file', accept: 'image/*', hidden: true, tabindex: '-1', 'aria-label': words.picture, ...more })
    input.addEventListener('change', () => {
      take([...(input.files ?? [])])
      input.value = ''
    })
    return input
  }

  function press(): void {
    pressed()
    if (window.matchMedia('(pointer: coarse)').matches) show(tray.hidden)
    else ask(album)
  }

  function ask(input: HTMLInputElement): void {
    show(false)
    input.click()
  }

  function show(isOpen: boolean): void {
    tray.hidden = !isOpen
    button.setAttribute('aria-expanded', String(isOpen))
  }

  return { button, tray, inputs: [album, camera], close: () => show(false) }
}

/** The pictures among what was pasted or dropped. */
export function picturesOf(data: DataTransfer | null): Blob[] {
  return [...(data?.files ?? [])].filter((file) => file.type.startsWith('image/'))
}

/** As many as go out at once, and what to say when there were more. */
export function limited(files: Blob[]): { files: Blob[]; line: string } {
  return { files: files.slice(0, MOST_AT_ONCE), line: files.length > MOST_AT_ONCE ? words.tooManyPictures(MOST_AT_ONCE) : '' }
}
