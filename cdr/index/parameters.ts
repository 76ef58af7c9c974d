// The search parameters of a type as this server indexes them: those of FHIR R4 and the platform's own, each with where its values are stored.
import { r4, r4SearchParameters } from '#formats/fhir/model/r4.ts'
import type { SearchParameter } from '#formats/fhir/model/search-parameters.ts'
import { enumeratedCodes } from '#formats/fhir/model/value-sets.ts'
import { canonicalRoot } from '#kernel/canonical.ts'
import { type Branch, branchesOf } from './branch.ts'

export type ParameterKind = 'token' | 'string' | 'date' | 'number' | 'quantity' | 'reference' | 'uri'

export type Parameter = {
  readonly code: string
  readonly url: string
  readonly kind: ParameterKind
  /** FHIR types its values may have. */
  readonly types: ReadonlySet<string>
  /** Resource types a reference may lead to; empty when any. */
  readonly targets: readonly string[]
  /** Code systems that its codes belong to without saying so. */
  readonly impliedSystems: ReadonlySet<string>
  /** Where its values are: its own rows, or those of other parameters that hold the same elements. */
  readonly rows: readonly RowSource[]
  /** What its own rows are made of; empty when all are another's. */
  readonly branches: readonly Branch[]
}

/** Rows of parameter `code`; only references to `target` where that is given. */
export type RowSource = { readonly code: string; readonly target: string | undefined }

const indexedKinds: readonly string[] = ['token', 'string', 'date', 'number', 'quantity', 'reference', 'uri']

/** Parameters of the platform over HumanName: for a name as it sounds. */
export const pinyinParameter = 'name-pinyin'
export const initialsParameter = 'name-initials'

/** `phonetic` is a name as it sounds, too: it looks into the pinyin rows. */
const soundsLike = 'phonetic'

/** Kept by the storage with every resource. */
const builtIn = new Set(['_id', '_lastUpdated'])

const known = new Map<string, ReadonlyMap<string, Parameter>>()

/** All parameters of a resource type that a search may use (besides `_id` and `_lastUpdated`), by code. */
export function parametersOf(type: string): ReadonlyMap<string, Parameter> {
  let parameters = known.get(type)
  if (!parameters) known.set(type, (parameters = compile(type)))
  return parameters
}

function compile(type: string): ReadonlyMap<string, Parameter> {
  const published = [...r4SearchParameters.ofType(type).values()]
    .filter(p => p.expression !== undefined && indexedKinds.includes(p.kind) && !builtIn.has(p.code))
    .map(parameter => read(type, parameter))
    .filter(({ branches }) => branches.length > 0)
  const compiled = new Map(published.map(entry => [entry.parameter.code, describe(entry, holdersOf(entry, published))]))
  if (compiled.get('name')?.types.has('HumanName')) for (const own of ownNames(type)) compiled.set(own.code, own)
  return compiled
}

type Published = { readonly parameter: SearchParameter; readonly branches: readonly Branch[]; readonly places: ReadonlySet<string> }

/** Two parameters of one kind over one element hold the same values: the place is the same. */
function read(type: string, parameter: SearchParameter): Published {
  const branches = branchesOf(r4, type, parameter.expression!)
  return { parameter, branches, places: new Set(branches.map(branch => `${parameter.kind} ${branch.path}`)) }
}

/** Other parameters that together hold exactly what this one would: `subject` for `patient`, `code` and `component-code` for `combo-code`. */
function holdersOf(entry: Published, all: readonly Published[]): RowSource[] | undefined {
  const before = new Set(all.slice(0, all.indexOf(entry)))
  const rows = entry.branches.map(({ path, target }) => {
    const place = `${entry.parameter.kind} ${path}`
    const holder = all.find(other => {
      if (other === entry || other.parameter.code === soundsLike || !other.places.has(place)) return false
      if (other.branches.some(branch => branch.target) || !other.places.isSubsetOf(entry.places)) return false
      return other.places.size < entry.places.size || before.has(other) || target !== undefined
    })
    return holder && { code: holder.parameter.code, target }
  })
  if (rows.includes(undefined)) return undefined
  return [...new Map((rows as RowSource[]).map(row => [`${row.code} ${row.target}`, row])).values()]
}

function describe({ parameter, branches }: Published, holders: RowSource[] | undefined): Parameter {
  const types = new Set(branches.flatMap(branch => [...branch.types]))
  const bySound = parameter.code === soundsLike && types.has('HumanName')
  const elsewhere = bySound ? [{ code: pinyinParameter, target: undefined }] : holders
  return {
    code: parameter.code,
    url: parameter.url,
    kind: parameter.kind as ParameterKind,
    types,
    targets: targetsOf(parameter, branches),
    impliedSystems: new Set(branches.flatMap(branch => (branch.binding ? [...(enumeratedCodes(branch.binding)?.keys() ?? [])] : []))),
    rows: elsewhere ?? [{ code: parameter.code, target: undefined }],
    branches: elsewhere ? [] : branches,
  }
}

/** What the parameter allows and the elements can hold. */
function targetsOf(parameter: SearchParameter, branches: readonly Branch[]): readonly string[] {
  const held = new Set(branches.flatMap(branch => branch.target ?? branch.targets))
  const both = parameter.targets.filter(type => held.has(type))
  return both.length > 0 ? both : parameter.targets
}

function ownNames(type: string): Parameter[] {
  const branches: Branch[] = [{ path: `${type}.name`, target: undefined, types: new Set(['HumanName']), targets: [], binding: undefined }]
  return [pinyinParameter, initialsParameter].map(code => ({
    code,
    url: `${canonicalRoot}/SearchParameter/${code}`,
    kind: 'string',
    types: new Set(['HumanName']),
    targets: [],
    impliedSystems: new Set(),
    rows: [{ code, target: undefined }],
    branches,
  }))
}
