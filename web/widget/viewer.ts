import { el, icon } from './dom'
import { words } from './words'

const CLOSE = 'M6 6l12 12M18 6L6 18'

/** One picture over everything; Escape or a tap beside it closes, and the focus goes back to where it came from. */
export function createViewer(find: (file: string, thumb: boolean) => Promise<string>) {
  const close = el('button', { type: 'button', class: 'x', 'aria-label': words.close, onclick: () => node.close() }, icon(CLOSE))
  const stage = el('div', { class: 'stage', onclick: (event: Event) => event.target === stage && node.close() } as never)
  const node = el('dialog', { class: 'view', 'aria-label': words.viewer, onclose: () => stage.replaceChildren() }, close, stage)

  async function open(file: string, label: string): Promise<void> {
    const status = el('p', { role: 'status' }, words.loading)
    stage.replaceChildren(status)
    node.classList.remove('near')
    node.showModal()
    try {
      const url = await find(file, false)
      const image = el('img', { src: url, alt: label })
      const zoom = () => node.classList.toggle('near')
      if (status.isConnected) stage.replaceChildren(el('button', { type: 'button', 'aria-label': words.zoom, onclick: zoom }, image))
    } catch {
      status.textContent = words.noService
    }
  }

  return { node, open }
}
