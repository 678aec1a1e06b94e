/**
 * The shop page's one script:
 * `<script src="https://…/widget.js" data-channel="…" [data-server] [data-identity] [data-mark] [data-greeting] [data-lang] async></script>`
 *
 * `data-theme`, `data-offset` and what the page shows (`data-product`, …) are handed to the element, where the page may
 * change them later.
 */

import { JinpaiChat } from './element'
import type { Identity } from './shop'

const script = document.currentScript as HTMLScriptElement | null

function readIdentity(text: string | undefined): Identity | null {
  if (!text) return null
  try {
    return JSON.parse(text) as Identity
  } catch {
    console.warn('jinpai: data-identity is not JSON; the visitor stays anonymous')
    return null
  }
}

function start(): void {
  if (!script || document.querySelector('jinpai-chat')) return
  const { channel, server, identity, mark, greeting, lang } = script.dataset
  if (!channel) return console.warn('jinpai: data-channel is missing on the widget script')
  if (!customElements.get('jinpai-chat')) customElements.define('jinpai-chat', JinpaiChat)
  const chat = document.createElement('jinpai-chat') as JinpaiChat
  chat.settings = {
    server: new URL(server || script.src, document.baseURI).origin,
    channel,
    identity: readIdentity(identity),
    mark: [...(mark ?? '')][0] ?? '',
    greeting: greeting ?? '',
    language: lang,
  }
  for (const name of JinpaiChat.observedAttributes) {
    const value = script.getAttribute(name)
    if (value !== null) chat.setAttribute(name, value)
  }
  document.body.append(chat)
}

if (document.body) start()
else document.addEventListener('DOMContentLoaded', start)
