// Every entry of a document or message is reached from the first, along references in either direction (bundle.html#links).
import type { Raw } from '../definitions/definition.ts'
import type { BundleIndex } from '../walk/bundle-index.ts'
import type { Run } from '../walk/run.ts'

type Entry = { readonly resource: Raw | undefined; readonly fullUrl: string | undefined; readonly index: number }

const depthMax = 150

export function checkLinked(entries: readonly Entry[], index: BundleIndex, severity: 'error' | 'warning', run: Run): void {
  const forward: Set<number>[] = entries.map(() => new Set())
  for (const { resource, fullUrl, index: from } of entries) {
    if (resource)
      collect(resource, 0, reference => {
        const target = index.find(reference, fullUrl, run.settings)
        if (target) forward[from]?.add(target.index)
      })
  }
  const reached = spread(forward)
  for (const { index: at, fullUrl, resource } of entries) {
    if (reached.has(at) || !resource) continue
    const url = fullUrl ?? `${String(resource['resourceType'])}/${String(resource['id'] ?? '')}`
    run.findings.add(severity, 'validator.bundle-unreachable', run.trail.text(`.entry[${at}]`), { url })
  }
}

/** Numbers of the entries that links lead to from the first; a link to a reached entry reaches its owner too (Provenance and the like). */
function spread(forward: readonly ReadonlySet<number>[]): ReadonlySet<number> {
  const both = forward.map(targets => new Set(targets))
  forward.forEach((targets, from) => {
    for (const to of targets) both[to]?.add(from)
  })
  const reached = new Set([0])
  const waiting = [0]
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const next of both[at] ?? []) {
      if (reached.has(next)) continue
      reached.add(next)
      waiting.push(next)
    }
  }
  return reached
}

function collect(value: unknown, depth: number, found: (reference: string) => void): void {
  if (typeof value !== 'object' || value === null || depth > depthMax) return
  const { reference } = value as Raw
  if (typeof reference === 'string') found(reference)
  for (const name in value) collect((value as Raw)[name], depth + 1, found)
}
