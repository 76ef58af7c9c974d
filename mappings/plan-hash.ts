// The hash of everything that decides what a plan makes: plan files, overlay, code maps, and the code of the compiler and its functions.
import { hash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folders = ['language', 'source', 'compile', 'functions']
let known: string | undefined

/** Changes with any change of the compiler: no version number that somebody forgets to raise. */
function machineryHash(): string {
  if (known === undefined) {
    const here = fileURLToPath(new URL('.', import.meta.url))
    const files = folders.flatMap(folder => readdirSync(join(here, folder)).map(name => join(here, folder, name)))
    const sources = files.filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts')).sort()
    known = hash('sha256', sources.map(file => readFileSync(file, 'utf8')).join('\u0000'))
  }
  return known
}

/** 64 hexadecimal characters; the order of the texts counts. */
export function planHash(texts: readonly string[], codeMaps: string): string {
  return hash('sha256', JSON.stringify([machineryHash(), codeMaps, ...texts]))
}
