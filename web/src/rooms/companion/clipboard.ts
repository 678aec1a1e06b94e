/** Puts text on the clipboard from this window; false where the browser does not let it. */
export async function copyFrom(view: Window, text: string): Promise<boolean> {
  try {
    await view.navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyOldWay(view.document, text)
  }
}

function copyOldWay(page: Document, text: string): boolean {
  const before = page.activeElement
  const field = page.createElement('textarea')
  field.className = 'unseen'
  field.value = text
  page.body.append(field)
  field.select()
  const done = page.execCommand('copy')
  field.remove()
  if (before instanceof HTMLElement) before.focus()
  return done
}

/** What is on the clipboard, or null where the browser does not tell. */
export async function readClipboard(view: Window): Promise<string | null> {
  try {
    return await view.navigator.clipboard.readText()
  } catch {
    return null
  }
}
