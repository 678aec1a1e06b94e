/** What the window remembers in this browser, under names of its own; without storage it remembers nothing. */
export function createKeeping(area: Storage | null, prefix: string) {
  return {
    get: (name: string): string => area?.getItem(prefix + name) ?? '',
    set(name: string, value: string): void {
      try {
        if (value) area?.setItem(prefix + name, value)
        else area?.removeItem(prefix + name)
      } catch {
        // A full storage costs only convenience here.
      }
    },
  }
}

/** The browser's storage, or null where it is forbidden. */
export function browserArea(): Storage | null {
  try {
    return window.localStorage
  } catch {
    return null
  }
}
