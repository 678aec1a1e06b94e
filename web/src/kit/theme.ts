import { computed, ref, watchEffect } from 'vue'

import { browserStorage, readJson, writeJson } from './storage'

export type Theme = 'light' | 'dark'
const KEY = 'jinpai.theme'

const system = window.matchMedia('(prefers-color-scheme: dark)')
const systemTheme = ref<Theme>(system.matches ? 'dark' : 'light')
const chosen = ref<Theme | null>(asTheme(readJson(browserStorage(), KEY)))

export const theme = computed<Theme>(() => chosen.value ?? systemTheme.value)

/** Follows the system until somebody chooses; the choice is remembered. */
export function installTheme(): void {
  system.addEventListener('change', (event) => (systemTheme.value = event.matches ? 'dark' : 'light'))
  watchEffect(() => {
    document.documentElement.dataset.theme = theme.value
  })
}

export function toggleTheme(): void {
  const next: Theme = theme.value === 'dark' ? 'light' : 'dark'
  chosen.value = next === systemTheme.value ? null : next
  writeJson(browserStorage(), KEY, chosen.value)
}

function asTheme(value: unknown): Theme | null {
  return value === 'light' || value === 'dark' ? value : null
}
