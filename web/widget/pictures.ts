import type { Attached } from '../src/live/frames'
import type { Album } from './album'
import { el, icon } from './dom'
import type { Upload } from './uploads'
import { words } from './words'

const RETRY = 'M19 7v4.5h-4.5M18.6 11.5A7 7 0 1 0 19 14'
/** Wider or taller pictures are cut to this shape in the list; opened large they are whole. */
const WIDEST = 2
const TALLEST = 0.6

export type ImageAttached = Extract<Attached, { kind: 'image' }>

export interface PictureDeeds {
  album: Album
  enlarge(file: string, label: string): void
}

/** A picture of the conversation; its place is kept free from the start, so that nothing moves when it arrives. */
export function drawPicture(attach: ImageAttached, who: string, deeds: PictureDeeds): HTMLElement {
  const label = words.enlarge(who)
  const node = el('button', { type: 'button', class: 'pic', 'aria-label': label })
  shape(node, attach.width, attach.height)
  node.addEventListener('click', () => (node.classList.contains('lost') ? load() : deeds.enlarge(attach.file, label)))
  whenNear(node, load)

  function load(): void {
    node.classList.remove('lost')
    node.setAttribute('aria-label', label)
    deeds.album.find(attach.file, true).then(show, lose)
  }

  function show(url: string): void {
    node.replaceChildren(el('img', { src: url, alt: '' }))
  }

  function lose(): void {
    node.classList.add('lost')
    node.removeAttribute('aria-label')
    node.replaceChildren(icon(RETRY), el('span', {}, words.pictureMissing))
  }

  return node
}

/** A picture on its way, with how far it is. */
export function drawUpload(upload: Upload): HTMLElement {
  const bar = el('progress', { max: '1', 'aria-label': words.picture })
  const node = el('div', { class: 'pic' }, bar)
  if (upload.url) node.prepend(el('img', { src: upload.url, alt: words.picture }))
  shape(node, upload.width, upload.height)
  showShare(node, upload)
  return node
}

/** Moves the bar of a drawn upload. */
export function showShare(node: HTMLElement, upload: Upload): void {
  const bar = node.querySelector('progress')
  if (!bar) return
  bar.hidden = upload.phase !== 'sending'
  bar.value = upload.share
}

function shape(node: HTMLElement, width: number, height: number): void {
  const ratio = Math.min(WIDEST, Math.max(TALLEST, width / height || 1))
  node.style.aspectRatio = String(ratio)
  node.classList.toggle('tall', ratio < 1)
}

/** Runs once the element is about to be seen. */
function whenNear(node: HTMLElement, run: () => void): void {
  const watch = new IntersectionObserver(
    (seen) => {
      if (!seen.some((entry) => entry.isIntersecting)) return
      watch.disconnect()
      run()
    },
    { rootMargin: '100%' },
  )
  watch.observe(node)
}
