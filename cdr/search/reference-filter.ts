// Reference parameters (search.html#reference): id, Type/id, absolute URL, `:Type`, and `:identifier` for what is only named by a number.
import { r4 } from '#formats/fhir/model/r4.ts'
import { isFhirId } from '#kernel/ids.ts'
import { ok, type Result } from '#kernel/result.ts'
import type { Filter } from '#kernel/search-plan.ts'
import type { Parameter } from '../index/parameters.ts'
import { identifierParameter } from '../index/reference-entries.ts'
import { anyOf, badModifier, badValue, type FilterContext, inRows } from './filter.ts'
import { readToken, tokenIn } from './token-filter.ts'
import { unescapeValue } from './values.ts'

const identifierTypes = { types: new Set(['Identifier']), impliedSystems: new Set<string>() }

/** A plain id is looked for under so many types at most; beyond that the type must be said. */
const targetsMax = 12

export function referenceFilter(parameter: Parameter, modifier: string | undefined, text: string, context: FilterContext): Result<Filter> {
  if (modifier === 'identifier') {
    const token = readToken(text)
    if (!token) return badValue(parameter)
    return ok(inRows(parameter, row => tokenIn(identifierParameter(row.code), identifierTypes, token, context)))
  }
  if (modifier !== undefined && !r4.isResourceType(modifier)) return badModifier(parameter, modifier)
  const targets = targetsOf(parameter, modifier, unescapeValue(text), context)
  if (!targets) return badValue(parameter)
  if ('uri' in targets) return ok(inRows(parameter, row => ({ op: 'uri', param: row.code, match: 'exact', uri: targets.uri })))
  return ok(
    inRows(parameter, row => anyOf(targets.types.map(type => ({ op: 'reference', param: row.code, type, id: targets.id }) as const))),
  )
}

type Targets = { readonly types: readonly string[]; readonly id: string } | { readonly uri: string }

function targetsOf(parameter: Parameter, type: string | undefined, text: string, context: FilterContext): Targets | undefined {
  const own = context.bases.find(base => text.startsWith(`${base}/`))
  const local = own ? text.slice(own.length + 1) : text
  const match = /^(?:([A-Z]\w+)\/)?([^/]+)(?:\/_history\/[^/]+)?$/.exec(local)
  if (!match || (!own && /^[a-z][a-z0-9+.-]*:/i.test(text))) return text === '' || own ? undefined : { uri: text }
  const [, named, id] = match
  if (!isFhirId(id!) || (named !== undefined && type !== undefined && named !== type)) return undefined
  const asked = named ?? type
  const allowed = parameter.targets
  if (asked !== undefined) return r4.isResourceType(asked) && isTarget(parameter, asked) ? { types: [asked], id: id! } : undefined
  return allowed.length > 0 && allowed.length <= targetsMax ? { types: allowed, id: id! } : undefined
}

/** `patient` looks into the rows of `subject`, but never means a Group. */
function isTarget(parameter: Parameter, type: string): boolean {
  return parameter.rows.every(row => row.target === undefined || row.target === type)
}
