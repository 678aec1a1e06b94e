/** On smaller screens the window covers the page. */
const PHONE = 480

export interface ScreenDeeds {
  setFull(full: boolean): void
  node: HTMLElement
  isOpen(): boolean
}

/** Fits the window to the screen: over everything on a phone, above its keyboard, and the page behind it at rest. */
export function watchScreen({ node, setFull, isOpen }: ScreenDeeds) {
  const small = window.matchMedia(`(max-width: ${PHONE}px), (max-height: ${PHONE}px)`)
  const view = window.visualViewport
  let held: string | null = null

  function fit(): void {
    setFull(small.matches)
    const covers = small.matches && isOpen()
    node.style.height = covers && view ? `${view.height}px` : ''
    node.style.top = covers && view ? `${view.offsetTop}px` : ''
    hold(covers)
  }

  /** The page does not scroll under the window, and gets back what it had. */
  function hold(on: boolean): void {
    const page = document.documentElement.style
    if (on && held === null) {
      held = page.overflow
      page.overflow = 'hidden'
    } else if (!on && held !== null) {
      page.overflow = held
      held = null
    }
  }

  small.addEventListener('change', fit)
  view?.addEventListener('resize', fit)
  view?.addEventListener('scroll', fit)
  fit()

  return {
    fit,
    stop(): void {
      small.removeEventListener('change', fit)
      view?.removeEventListener('resize', fit)
      view?.removeEventListener('scroll', fit)
      hold(false)
    },
  }
}
