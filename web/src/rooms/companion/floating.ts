import { onBeforeUnmount, shallowRef } from 'vue'

const SIZE = { width: 360, height: 640 }

interface PictureInPicture {
  requestWindow(size: { width: number; height: number }): Promise<Window>
}

/** A small window that stays above all others, where the browser has such windows (Document Picture-in-Picture). */
export function useFloating() {
  const opener = (window as { documentPictureInPicture?: PictureInPicture }).documentPictureInPicture
  const view = shallowRef<Window | null>(null)
  let stop = () => {}

  async function float(): Promise<void> {
    if (!opener) return
    const made = await opener.requestWindow(SIZE)
    dress(made.document)
    const watch = new MutationObserver(() => dressRoot(made.document))
    watch.observe(document.documentElement, { attributes: true })
    stop = () => watch.disconnect()
    made.addEventListener('pagehide', land)
    view.value = made
  }

  /** The page comes back into its own window. */
  function land(): void {
    stop()
    view.value = null
  }

  function close(): void {
    const made = view.value
    land()
    made?.close()
  }

  onBeforeUnmount(close)
  return { isOffered: Boolean(opener), view, float, close }
}

/** The other window looks like this one: the same sheets, the same theme. */
function dress(page: Document): void {
  page.title = document.title
  for (const sheet of document.querySelectorAll('link[rel="stylesheet"], style')) page.head.append(sheet.cloneNode(true))
  dressRoot(page)
}

function dressRoot(page: Document): void {
  for (const { name, value } of document.documentElement.attributes) page.documentElement.setAttribute(name, value)
  page.documentElement.dataset.width = 'phone'
}
