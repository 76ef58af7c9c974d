// The profiles and extensions that R4 publishes beside its types: each as its differential, without the texts that no check reads.
import type { StructureDefinition } from './definitions.ts'

type Element = Readonly<Record<string, unknown>> & { readonly path: string }
type Published = StructureDefinition & {
  readonly version?: string
  readonly name: string
  readonly title?: string
  readonly status: string
  readonly experimental?: boolean
  readonly extension?: readonly { readonly url: string }[]
  readonly context?: readonly unknown[]
  readonly contextInvariant?: readonly string[]
  readonly differential: { readonly element: readonly Element[] }
}

const texts = new Set([
  'short',
  'definition',
  'comment',
  'requirements',
  'alias',
  'mapping',
  'meaningWhenMissing',
  'orderMeaning',
  'isSummary',
])

/** Extensions of an element or constraint that change what is checked. */
const speaking = /\/(elementdefinition-maxValueSet|regex|elementdefinition-bestpractice|additional-binding|structuredefinition-fhir-type)$/

/** What a definition says, by canonical URL. */
export function profileTables(definitions: readonly StructureDefinition[]): Record<string, object> {
  const constraining = (definitions as readonly Published[]).filter(d => d.derivation === 'constraint')
  return Object.fromEntries(constraining.map(d => [d.url, profile(d)] as const).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function profile(definition: Published): object {
  const { version, name, status, experimental, kind, abstract, context, contextInvariant, type, baseDefinition, derivation } = definition
  const isModifier = (definition.snapshot.element[0] as unknown as { isModifier?: boolean }).isModifier ?? false
  return {
    ...(version ? { version } : {}),
    name,
    status,
    ...(experimental ? { experimental } : {}),
    kind,
    ...(abstract ? { abstract } : {}),
    ...(context ? { context } : {}),
    ...(contextInvariant ? { contextInvariant } : {}),
    type,
    baseDefinition,
    derivation,
    element: definition.differential.element.map((element, i) =>
      i === 0 && isModifier ? { ...plain(element), isModifier } : plain(element),
    ),
  }
}

function plain(value: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !texts.has(name) && !(name === 'id' && value['id'] === value['path']))
      .map(([name, member]) => [name, name === 'extension' ? speakingOf(member as { url: string }[]) : nested(name, member)])
      .filter(([, member]) => member !== undefined),
  )
}

function nested(name: string, value: unknown): unknown {
  if (name === 'constraint') return (value as Readonly<Record<string, unknown>>[]).map(({ xpath, requirements, ...kept }) => plain(kept))
  if (name === 'binding') {
    const { description, ...kept } = value as Readonly<Record<string, unknown>>
    return plain(kept)
  }
  if (name === 'slicing') {
    const { description, ...kept } = value as Readonly<Record<string, unknown>>
    return kept
  }
  return value
}

function speakingOf(extensions: readonly { url: string }[]): unknown {
  const kept = extensions.filter(extension => speaking.test(extension.url))
  return kept.length > 0 ? kept : undefined
}
