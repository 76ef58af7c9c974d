// Loads scheme files and the list of countable systems; both are data that a hospital may edit.
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { Scheme } from './assess.ts'

export type CountableSystem = { readonly id: string; readonly name: string }

export function loadScheme(name: string): Scheme {
  const scheme = parse(readFileSync(new URL(`./${name}.yaml`, import.meta.url), 'utf8')) as Scheme
  return { ...scheme, items: scheme.items.map(item => ({ ...item, part: String(item.part) })) }
}

export function loadSystems(): { readonly internal: readonly CountableSystem[]; readonly external: readonly CountableSystem[] } {
  return parse(readFileSync(new URL('./systems.yaml', import.meta.url), 'utf8')) as ReturnType<typeof loadSystems>
}
