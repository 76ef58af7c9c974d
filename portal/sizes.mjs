// What a browser loads, in kB gzip: login and shell together, and what each lazy feature adds to them. Read from the manifest of the build.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** Budgets in kB gzip (1 kB = 1000 bytes). */
export const shellMax = 320
export const featureMax = 250

/** Features are whatever is loaded later: pages, and the editor and the charts within them. */
export function sizes(dist) {
  const manifest = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8'))
  const entry = Object.keys(manifest).find(key => manifest[key].isEntry)
  const shell = closure(manifest, entry)
  const lazy = Object.keys(manifest).filter(key => manifest[key].isDynamicEntry)
  const features = lazy.map(key => {
    const files = [...closure(manifest, key)].filter(file => !shell.has(file))
    return { name: nameOf(key), kilobytes: weigh(dist, manifest, files) }
  })
  return { shell: weigh(dist, manifest, [...shell]), features: features.sort((a, b) => b.kilobytes - a.kilobytes) }
}

/** Keys of the manifest that loading one key loads. */
function closure(manifest, key, seen = new Set()) {
  if (seen.has(key)) return seen
  seen.add(key)
  for (const next of manifest[key].imports ?? []) closure(manifest, next, seen)
  return seen
}

function weigh(dist, manifest, keys) {
  const files = new Set(keys.flatMap(key => [manifest[key].file, ...(manifest[key].css ?? [])]))
  const bytes = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length, 0)
  return Math.round(bytes / 1000)
}

function nameOf(key) {
  return key.replace(/^src\/(features\/)?/, '').replace(/\.tsx?$/, '')
}
