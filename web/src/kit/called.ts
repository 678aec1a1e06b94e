import zh from '@/words/zh'

import { words } from './i18n'
import { language } from './language'

type Sort = keyof typeof zh.called

/** What built-in content of this sort is called for who reads now; what a shop has renamed keeps the shop's own name. */
export function called(sort: Sort, title: string): string {
  const key = language.value === 'zh' ? undefined : keyOf(zh.called[sort], title)
  return key ? words(`called.${sort}.${key}`) : title
}

/** An intent for who reads now: its id is its English name, `courier_choice`. */
export function calledIntent(id: string, title: string): string {
  if (language.value === 'zh' || !/^[a-z0-9_]+$/.test(id)) return title
  const said = id.replaceAll('_', ' ')
  return said.charAt(0).toUpperCase() + said.slice(1)
}

/** A script's folder, `欢迎/首次问候`, level by level; both levels are named by the built-in scenes. */
export function calledFolder(folder: string): string {
  const [family = '', ...below] = folder.split('/')
  const scene = keyOf(zh.called.folder, family) as keyof typeof zh.choice.scene | undefined
  const inside = below.map((name) => {
    const key = scene && language.value !== 'zh' ? keyOf(zh.choice.scene[scene], name) : undefined
    return key ? words(`choice.scene.${scene}.${key}`) : name
  })
  return [called('folder', family), ...inside].join(' · ')
}

function keyOf(names: Readonly<Record<string, string>>, title: string): string | undefined {
  return Object.keys(names).find((key) => names[key] === title)
}
