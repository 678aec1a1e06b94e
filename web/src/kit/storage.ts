/** The browser's storage that survives reloads, or null where it is forbidden. */
export function browserStorage(): Storage | null {
  try {
    return window.localStorage
  } catch {
    return null
  }
}

/** What was kept under `key`, or null when there is nothing readable. */
export function readJson(area: Storage | null, key: string): unknown {
  try {
    return JSON.parse(area?.getItem(key) ?? 'null')
  } catch {
    return null
  }
}

/** Keeps `value` under `key`; null forgets it. A full storage keeps the older value and tells with false. */
export function writeJson(area: Storage | null, key: string, value: unknown): boolean {
  try {
    if (value === null || value === undefined) area?.removeItem(key)
    else area?.setItem(key, JSON.stringify(value))
    return true
  } catch {
    return false
  }
}
