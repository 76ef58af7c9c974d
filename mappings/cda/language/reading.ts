// What reading a definition needs at every place: where findings go, which code maps there are, and how a path is compiled for the type it starts from.
import { compile, type Expression } from '#formats/fhir/fhirpath/expression.ts'
import { faultText } from '#kernel/fault.ts'
import type { CodeMaps } from '#kernel/ports/terminology.ts'
import type { Entry } from '../../language/entry.ts'

export type Reading = { readonly codes: CodeMaps }

/** A FHIRPath that starts from `type`; undefined, with a finding, when it is missing or does not compile there. */
export function readPath(entry: Entry | undefined, type: string): Expression | undefined {
  if (!entry) return undefined
  const text = entry.text()
  if (text === '') return undefined
  const compiled = compile(text, { type, mode: 'strict' })
  if (compiled.ok) return compiled.value
  entry.wrong(`${text.length > 80 ? `${text.slice(0, 80)}…` : text}: ${faultText(compiled.fault, 'en')}`)
  return undefined
}

export function requiredPath(parent: Entry, name: string, type: string): Expression | undefined {
  const entry = parent.get(name)
  if (!entry) parent.wrong(`\`${name}\` is missing`)
  return readPath(entry, type)
}

/** The path of an `of` or `each` and the type it leads to: that must be known, or nothing behind it could be checked. */
export function readLead(entry: Entry | undefined, type: string): { readonly path: Expression; readonly type: string } | undefined {
  const path = readPath(entry, type)
  if (!path) return undefined
  if (path.resultType !== undefined) return { path, type: path.resultType }
  entry!.wrong('say which type it leads to: end in ofType(…)')
  return undefined
}

/** One of the words that are allowed; the first of them when there is no entry. */
export function readWord<Word extends string>(entry: Entry | undefined, words: readonly [Word, ...Word[]]): Word {
  if (!entry) return words[0]
  const text = entry.text()
  const word = words.find(allowed => allowed === text)
  if (word === undefined) entry.wrong(`one of ${words.join(', ')} is expected`)
  return word ?? words[0]
}
