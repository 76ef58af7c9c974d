// The entries of a bundle by fullUrl, version and `Type/id`, built once so that every reference costs the same (bundle.html#references).
import type { Raw } from '../definitions/definition.ts'
import type { ValidatorSettings } from '../settings.ts'

export type IndexedEntry = { readonly resource: Raw; readonly fullUrl: string | undefined; readonly index: number }

/** `base/Type/id` with an optional version: groups base, type, id, version. */
export const restful = /^(?:(https?:\/\/.*)\/)?([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/([A-Za-z0-9.-]{1,64}))?$/

export class BundleIndex {
  /** Parameters have resources that refer to each other, too. */
  readonly isBundle: boolean
  readonly type: string
  readonly #byUrl = new Map<string, IndexedEntry[]>()
  readonly #byTypeAndId = new Map<string, IndexedEntry[]>()

  constructor(bundle: Raw) {
    this.type = String(bundle['type'])
    this.isBundle = bundle['resourceType'] === 'Bundle'
    const entries = this.isBundle ? bundle['entry'] : parametersOf(bundle['parameter'], 0)
    if (!Array.isArray(entries)) return
    entries.forEach((entry: Raw | null, index) => {
      const resource = entry?.['resource'] as Raw | null | undefined
      if (typeof resource !== 'object' || resource === null) return
      const fullUrl = typeof entry!['fullUrl'] === 'string' ? entry!['fullUrl'] : undefined
      const indexed = { resource, fullUrl, index }
      if (fullUrl !== undefined) add(this.#byUrl, fullUrl, indexed)
      if (typeof resource['id'] === 'string') add(this.#byTypeAndId, `${String(resource['resourceType'])}/${resource['id']}`, indexed)
    })
  }

  /** Entries that answer to a fullUrl. */
  ofUrl(url: string): readonly IndexedEntry[] {
    return this.#byUrl.get(url) ?? []
  }

  /** Relative references count from the base of the fullUrl they stand under; where that is not RESTful, the id decides. */
  find(reference: string, from: string | undefined, settings: RelativeRule): IndexedEntry | undefined {
    return this.findAll(reference, from, settings)[0]
  }

  /** Several where the bundle holds several versions and the reference names none. */
  findAll(reference: string, from: string | undefined, settings: RelativeRule): readonly IndexedEntry[] {
    const hash = reference.indexOf('#')
    const plain = hash > 0 ? reference.slice(0, hash) : reference
    const direct = this.#byUrl.get(plain)
    if (direct) return direct
    const parts = restful.exec(plain)
    if (!parts) return none
    const [, base, type, id, version] = parts
    const own = base ?? baseOf(from)
    const found =
      own === undefined
        ? settings.strictRelativeReferences
          ? undefined
          : this.#byTypeAndId.get(`${type}/${id}`)
        : this.#byUrl.get(`${own}/${type}/${id}`)
    if (!found || version === undefined) return found ?? none
    return found.filter(entry => (entry.resource['meta'] as Raw | undefined)?.['versionId'] === version)
  }
}

type RelativeRule = Pick<ValidatorSettings, 'strictRelativeReferences'>

const none: readonly IndexedEntry[] = []

/** The server base of a RESTful URL. */
export function baseOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : restful.exec(url)?.[1]
}

function add(map: Map<string, IndexedEntry[]>, key: string, entry: IndexedEntry): void {
  const list = map.get(key)
  if (list) list.push(entry)
  else map.set(key, [entry])
}

/** All parameters and their parts that may hold a resource. */
function parametersOf(list: unknown, depth: number): readonly Raw[] {
  if (!Array.isArray(list) || depth > 20) return []
  return (list as (Raw | null)[]).flatMap(parameter => (parameter ? [parameter, ...parametersOf(parameter['part'], depth + 1)] : []))
}
