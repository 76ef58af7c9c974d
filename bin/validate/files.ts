// The files that paths mean: a file as it is, of a folder everything inside that may be a resource, a message or a document.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const names = /\.(?:json|xml|hl7|cda|txt|er7)$/i
const passedOver = /^(?:\.|node_modules$)/

/** In order, each once; links inside folders are not followed. What is not there stays in the list: reading it says so. */
export function filesOf(paths: readonly string[]): readonly string[] {
  const files = new Set<string>()
  for (const path of paths) {
    if (path !== '-' && statSync(path, { throwIfNoEntry: false })?.isDirectory()) for (const file of within(path)) files.add(file)
    else files.add(path)
  }
  return [...files]
}

function* within(directory: string): Generator<string> {
  const entries = readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    if (passedOver.test(entry.name)) continue
    const path = join(directory, entry.name)
    if (entry.isDirectory()) yield* within(path)
    else if (entry.isFile() && names.test(entry.name)) yield path
  }
}
