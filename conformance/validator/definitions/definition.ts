// The parts of a StructureDefinition that the validator reads (structuredefinition.html, elementdefinition.html).
import type { JsonObject } from '#kernel/json.ts'

/** A JSON object whose shape nobody has checked yet. */
export type Raw = Readonly<Record<string, unknown>>

export type ElementTypeRef = {
  readonly code: string
  readonly profile?: readonly string[]
  readonly targetProfile?: readonly string[]
  readonly aggregation?: readonly string[]
  readonly extension?: readonly Raw[]
}

export type Constraint = {
  readonly key: string
  readonly severity: 'error' | 'warning'
  readonly human: string
  readonly expression?: string
  readonly source?: string
  readonly extension?: readonly Raw[]
}

export type AdditionalBinding = {
  /** `maximum`, `required`, `extensible`, `preferred`, `candidate`, `current`, `minimum`, `starter`, `component`, `ui`. */
  readonly purpose: string
  readonly valueSet: string
  readonly usage: readonly Raw[]
}

export type ElementBinding = {
  readonly strength: 'required' | 'extensible' | 'preferred' | 'example'
  readonly valueSet?: string
  readonly extension?: readonly Raw[]
  readonly additional?: readonly Raw[]
}

export type Discriminator = { readonly type: string; readonly path: string }

export type Slicing = {
  readonly discriminator?: readonly Discriminator[]
  readonly ordered?: boolean
  readonly rules?: 'open' | 'closed' | 'openAtEnd'
}

/** `fixed[x]`, `pattern[x]`, `minValue[x]` and `maxValue[x]` are read by their prefix. */
export type ElementDefinition = {
  readonly id?: string
  readonly path: string
  readonly sliceName?: string
  readonly slicing?: Slicing
  readonly min?: number
  readonly max?: string
  readonly base?: { readonly path: string; readonly min: number; readonly max: string }
  readonly type?: readonly ElementTypeRef[]
  readonly contentReference?: string
  readonly maxLength?: number
  readonly mustHaveValue?: boolean
  readonly isModifier?: boolean
  readonly binding?: ElementBinding
  readonly constraint?: readonly Constraint[]
  readonly extension?: readonly Raw[]
}

export type ExtensionContext = { readonly type: string; readonly expression: string; readonly extension?: readonly Raw[] }

export type StructureDefinition = {
  readonly url: string
  readonly version?: string
  readonly name: string
  readonly status?: string
  readonly experimental?: boolean
  readonly kind: 'primitive-type' | 'complex-type' | 'resource' | 'logical'
  readonly abstract?: boolean
  readonly type: string
  readonly baseDefinition?: string
  readonly derivation?: 'specialization' | 'constraint'
  readonly context?: readonly ExtensionContext[]
  readonly contextInvariant?: readonly string[]
  readonly extension?: readonly Raw[]
  readonly contained?: readonly JsonObject[]
  readonly snapshot?: { readonly element: readonly ElementDefinition[] }
  readonly differential?: { readonly element: readonly ElementDefinition[] }
}

export const coreRoot = 'http://hl7.org/fhir/StructureDefinition/'

/** `url|version`, or the url alone where the definition has no version. */
export function versionedUrl({ url, version }: { readonly url: string; readonly version?: string }): string {
  return version ? `${url}|${version}` : url
}

/** A value of a choice of ElementDefinition by its prefix: `chosen(element, 'fixed')` reads `fixedUri` and names the type `uri`. */
export function chosen(element: ElementDefinition, prefix: 'fixed' | 'pattern' | 'minValue' | 'maxValue'): Chosen | undefined {
  for (const name in element) {
    if (!name.startsWith(prefix) || name.length === prefix.length) continue
    const type = name.slice(prefix.length)
    if (!/^[A-Z]/.test(type)) continue
    return { type, value: (element as Raw)[name], sibling: (element as Raw)[`_${name}`] as Raw | undefined }
  }
  return undefined
}

/** `type` as it stands in the member's name: `Uri`, `CodeableConcept`. */
export type Chosen = { readonly type: string; readonly value: unknown; readonly sibling: Raw | undefined }

/** The first extension of a URL. */
export function extensionOf(of: { readonly extension?: readonly Raw[] } | undefined, url: string): Raw | undefined {
  return of?.extension?.find(extension => extension['url'] === url)
}

/** The value of an extension, whatever its type. */
export function extensionValue(of: { readonly extension?: readonly Raw[] } | undefined, url: string): unknown {
  return valueOfExtension(extensionOf(of, url))
}

export function valueOfExtension(extension: Raw | undefined): unknown {
  for (const name in extension) if (name.startsWith('value')) return extension[name]
  return undefined
}

export function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}
