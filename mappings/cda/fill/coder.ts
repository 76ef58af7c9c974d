// Codes of a document out of codes of FHIR: translated by a code map, or taken where they are of the wanted system already.
import type { CdaCode } from '#formats/cda/model.ts'
import { usualSystem } from '#formats/cda/tolerance.ts'
import { oidByUri } from '#formats/cda/vocabulary.ts'
import { xmlSafe } from '#formats/cda/write.ts'
import { fault } from '#kernel/fault.ts'
import type { JsonObject } from '#kernel/json.ts'
import { oidOf } from '#kernel/oid.ts'
import type { CodeBook, DocumentFinding } from '#kernel/ports/documents.ts'
import type { CodeMaps } from '#kernel/ports/terminology.ts'
import type { CodedDefinition, CodeNames } from '../language/definition.ts'
import { objects, string, textOf } from './convert.ts'
import type { Found } from './path-runner.ts'

export class Coder {
  readonly #codes: CodeMaps
  readonly #book: CodeBook
  readonly #names: CodeNames
  readonly #findings: DocumentFinding[]

  constructor(tools: { codes: CodeMaps; book: CodeBook }, names: CodeNames, findings: DocumentFinding[]) {
    this.#codes = tools.codes
    this.#book = tools.book
    this.#names = names
    this.#findings = findings
  }

  /** A code of a system with its printed names: the words of the definitions, else those of the source, else the dictionary's. */
  named(system: string, code: string, display?: string): CdaCode {
    const systemName = this.systemName(system)
    const words = this.#names.displays.get(system)?.get(code) ?? display ?? this.#book.display(system, code)
    return { code: xmlSafe(code), system, ...(systemName && { systemName }), ...(words && { display: xmlSafe(words) }) }
  }

  systemName(system: string): string | undefined {
    const name = this.#names.systems.get(system)
    if (name !== undefined) return name
    const seed = this.#book.system(system)?.seed.name
    return seed?.zh ?? seed?.en
  }

  /** The first value that is or becomes a code of the system; undefined, with a finding where a map lacks the code, when none does. */
  codeOf(found: readonly Found[], { map, system }: CodedDefinition): CdaCode | undefined {
    for (const { code, codeSystem, display } of found.flatMap(codingsOf)) {
      const target = map === undefined ? undefined : this.#translate(map, codeSystem, code)
      if (target) return this.named(oidOf(target.system) ?? target.system, target.code, target.display)
      if (system !== undefined && codeSystem !== undefined && oidOfSystem(codeSystem) === system) return this.named(system, code, display)
    }
    if (map !== undefined) this.#noteGap(map, found)
    return undefined
  }

  /** A map reads codes of its own system; a plain code says no system and is tried. */
  #translate(map: string, system: string | undefined, code: string) {
    const source = this.#codes.sourceOf(map)
    return system === undefined || source === undefined || source === system ? this.#codes.translate(map, code) : undefined
  }

  #noteGap(map: string, found: readonly Found[]): void {
    const [first] = found.flatMap(codingsOf)
    if (!first || this.#codes.decides(map, first.code)) return
    this.#findings.push({ severity: 'warning', fault: fault('document.code-unmapped', { args: { map, code: first.code.slice(0, 60) } }) })
  }
}

type Coding = { readonly code: string; readonly codeSystem?: string; readonly display?: string }

function codingsOf({ value, type }: Found): Coding[] {
  if (typeof value === 'string') return [{ code: value }]
  if (typeof value !== 'object' || value === null) return []
  const codings = type === 'CodeableConcept' ? objects((value as JsonObject)['coding']) : [value as JsonObject]
  return codings.flatMap(coding => {
    const code = string(coding['code'])
    const codeSystem = string(coding['system'])
    const display = string(coding['display'])
    return code === undefined ? [] : [{ code, ...(codeSystem && { codeSystem }), ...(display && { display }) }]
  })
}

function oidOfSystem(uri: string): string | undefined {
  const oid = oidOf(uri) ?? oidByUri[uri]
  return oid === undefined ? undefined : usualSystem(oid)
}

/** The words of a code that has none in the wanted system. */
export function wordsOf(found: readonly Found[]): string | undefined {
  return found.map(textOf).find(text => text !== undefined)
}
