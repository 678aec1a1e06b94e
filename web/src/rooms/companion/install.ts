import { onBeforeUnmount, onMounted, shallowRef } from 'vue'

interface InstallOffer extends Event {
  prompt(): Promise<void>
}

/** Lets the browser install this page as an application of its own; `offer` is null while it does not want to. */
export function useInstall(manifest: string) {
  const offer = shallowRef<InstallOffer | null>(null)
  const link = Object.assign(document.createElement('link'), { rel: 'manifest', href: manifest })

  function hear(event: Event): void {
    event.preventDefault()
    offer.value = event as InstallOffer
  }

  async function install(): Promise<void> {
    await offer.value?.prompt()
    offer.value = null
  }

  onMounted(() => {
    window.addEventListener('beforeinstallprompt', hear)
    document.head.append(link)
  })
  onBeforeUnmount(() => {
    window.removeEventListener('beforeinstallprompt', hear)
    link.remove()
  })
  return { offer, install }
}
