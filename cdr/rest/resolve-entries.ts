// The entries of a transaction as changes: conditions become ids or creates, names of entries become ids, and no resource is written twice.

import type { Claim } from '#kernel/commit.ts'
import { fault } from '#kernel/fault.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { Reader, StoredVersion } from '#kernel/ports/storage.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { TenantCode } from '#kernel/tenant.ts'
import type { RequestEntry } from './bundle-entries.ts'
import type { Caller, Rest } from './call.ts'
import type { Change, Changed } from './changes.ts'
import { type Condition, condition } from './conditional.ts'
import { placeOfReference, renameReferences } from './references.ts'
import { turns } from './turns.ts'

export type WriteEntry = {
  readonly entry: RequestEntry
  readonly op: Change['op']
  readonly type: string
  /** As the URL says; undefined for creates and conditions. */
  readonly id: string | undefined
  readonly resource: JsonObject | undefined
  /** Query of a conditional create, update or delete. */
  readonly condition: string | undefined
  readonly expected?: number
  readonly mustBeNew?: boolean
}

export type Resolved = {
  readonly changes: readonly Change[]
  readonly claims: readonly Claim[]
  /** Per entry: the `Type/id` among the changes that it became, or what it already was. */
  readonly outcome: ReadonlyMap<RequestEntry, Changed | string>
}

export type Surroundings = { readonly tenant: TenantCode; readonly reader: Reader; readonly caller: Caller; readonly rest: Rest }

/** `fresh`: the id of each entry should it turn out to be new; the same in every attempt. */
export async function resolveEntries(
  writes: readonly WriteEntry[],
  fresh: ReadonlyMap<WriteEntry, string>,
  around: Surroundings,
): Promise<Result<Resolved>> {
  const conditions = await resolveConditions(
    writes.map(write => [write.type, write.condition]),
    around,
  )
  if (!conditions.ok) return conditions
  const plan: Plan = { changes: new Map(), claims: new Map(), outcome: new Map(), names: new Map() }
  for (const write of writes) {
    const twice = place(write, fresh.get(write)!, conditions.value, plan)
    if (twice) return twice
  }
  const changes = await renameAll([...plan.changes.values()], plan.names, around)
  if (!changes.ok) return changes
  const claims = [...plan.claims].map(([key, holder]) => ({ key, holder }))
  return ok({ changes: changes.value, claims, outcome: plan.outcome })
}

type Placed = { readonly change: Change; readonly write: WriteEntry }
type Plan = {
  readonly changes: Map<string, Placed>
  /** Key → holder. */
  readonly claims: Map<string, string>
  readonly outcome: Map<RequestEntry, Changed | string>
  /** fullUrl → `Type/id` */
  readonly names: Map<string, string>
}

function place(write: WriteEntry, fresh: string, conditions: ReadonlyMap<string, Condition>, plan: Plan): Result<never> | undefined {
  const { entry, type, op } = write
  const met = write.condition === undefined ? undefined : conditions.get(`${type}?${write.condition}`)!
  const taken = met && !met.match ? plan.claims.get(met.claim) : undefined
  const stated = op === 'update' && typeof write.resource?.['id'] === 'string' ? write.resource['id'] : undefined
  const id = taken?.slice(type.length + 1) ?? met?.match?.id ?? write.id ?? stated ?? fresh
  const name = `${type}/${id}`
  if (entry.fullUrl !== undefined) plan.names.set(entry.fullUrl, name)
  if (op === 'create' && taken) return void plan.outcome.set(entry, name)
  if (op === 'create' && met?.match) return void plan.outcome.set(entry, unchanged(met.match))
  if (op === 'delete' && met && !met.match)
    return void plan.outcome.set(entry, { type, id, outcome: 'gone', version: 0, body: '', committedAtMs: 0 })
  if (plan.changes.has(name)) return failed(fault('fhir.bundle-invalid', { at: entry.at, args: { reason: name } }))
  if (met && !met.match) plan.claims.set(met.claim, name)
  const { expected, mustBeNew } = write
  const resource = write.resource && op === 'update' ? { ...write.resource, id } : write.resource
  plan.changes.set(name, { write, change: { op, type, id, resource, expected, mustBeNew } })
  plan.outcome.set(entry, name)
  return undefined
}

function unchanged({ type, id, version, body, committedAtMs }: StoredVersion): Changed {
  return { type, id, outcome: 'same', version, body, committedAtMs }
}

const searchesAtOnceMax = 8

/** Each distinct condition is asked once. */
async function resolveConditions(
  asked: readonly (readonly [type: string, query: string | undefined])[],
  { tenant, reader, caller, rest }: Surroundings,
): Promise<Result<ReadonlyMap<string, Condition>>> {
  const distinct = [
    ...new Map(asked.flatMap(([type, query]) => (query === undefined ? [] : [[`${type}?${query}`, { type, query }] as const]))),
  ]
  const met = new Map<string, Condition>()
  for (let i = 0; i < distinct.length; i += searchesAtOnceMax) {
    const part = distinct.slice(i, i + searchesAtOnceMax)
    const found = await Promise.all(part.map(([, { type, query }]) => condition(type, query, tenant, reader, caller, rest)))
    for (const [j, one] of found.entries()) {
      if (!one.ok) return one
      met.set(part[j]![0], one.value)
    }
  }
  return ok(met)
}

const conditionalReference = /^([A-Z]\w+)\?(.+)$/

async function renameAll(placed: readonly Placed[], names: ReadonlyMap<string, string>, around: Surroundings): Promise<Result<Change[]>> {
  const known = new Map<string, string>()
  const turn = turns()
  for (;;) {
    const wanted = new Map<string, Placed>()
    const unresolved = new Map<string, Placed>()
    const renamer = (one: Placed) => {
      const root = rootOf(one.write.entry.fullUrl)
      return (reference: string, literal: boolean) => {
        const named = names.get(reference) ?? (root === undefined ? undefined : names.get(root + reference)) ?? known.get(reference)
        if (named !== undefined || !literal) return named
        if (conditionalReference.test(reference)) wanted.set(reference, one)
        else if (reference.startsWith('urn:')) unresolved.set(reference, one)
        return undefined
      }
    }
    const changes: Change[] = []
    for (const one of placed) {
      await turn()
      changes.push(one.change.resource ? { ...one.change, resource: renameReferences(one.change.resource, renamer(one)) } : one.change)
    }
    const [lost] = unresolved
    if (lost) return failed(unresolvedFault(lost[0], lost[1]))
    if (wanted.size === 0) return ok(changes)
    const found = await resolveConditions(
      [...wanted.keys()].map(reference => conditionalReference.exec(reference)!.slice(1) as [string, string]),
      around,
    )
    if (!found.ok) return found
    for (const [reference, one] of wanted) {
      const match = found.value.get(reference)?.match
      if (!match) return failed(unresolvedFault(reference, one))
      known.set(reference, `${match.type}/${match.id}`)
    }
  }
}

/** A relative reference inside an entry named `http://x/fhir/Patient/1` means `http://x/fhir/…`. */
function rootOf(fullUrl: string | undefined): string | undefined {
  return fullUrl === undefined ? undefined : /^(https?:\/\/.*\/)[A-Z]\w+\/[^/]+$/.exec(fullUrl)?.[1]
}

function unresolvedFault(reference: string, { write, change }: Placed) {
  const place = placeOfReference(change.resource!, reference).replace(/^[A-Z]\w*/, '')
  return fault('fhir.reference-unresolved', { at: `${write.entry.at}.resource${place}`, args: { reference: reference.slice(0, 200) } })
}
