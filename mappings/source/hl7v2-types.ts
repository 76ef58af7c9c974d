// What plans must know of HL7 v2 data types: which parts a type has, where its text stands, and which plans can read it.

/** The dictionary as plans see it. */
export type Hl7Types = {
  readonly field: (segment: string, field: number) => { readonly type: string; readonly repeats: boolean } | undefined
  /** Type of a component; undefined past the last, and for primitives. */
  readonly component: (type: string, component: number) => string | undefined
  readonly isType: (type: string) => boolean
  readonly isSegment: (segment: string) => boolean
}

/** Types whose text may hold what looks like a delimiter. */
const texts = new Set(['ST', 'TX', 'FT', 'varies'])

/** Numbers of a place below a field: 0 is "not narrowed further". */
export type Numbers = readonly [component: number, subcomponent: number]

/** Where the text of a value stands: of a composite its first part, however deep; of a primitive the whole. */
export function textAt(types: Hl7Types, type: string, [component, subcomponent]: Numbers): Numbers {
  if (subcomponent > 0) return [component, subcomponent]
  const first = types.component(type, 1)
  if (component > 0) return [component, first === undefined ? 0 : 1]
  if (first === undefined) return texts.has(type) ? [0, 0] : [1, 0]
  return [1, types.component(first, 1) === undefined ? 0 : 1]
}

/** Primitive type of that text. */
export function leafType(types: Hl7Types, type: string): string {
  const first = types.component(type, 1)
  return first === undefined ? type : leafType(types, first)
}

/** Types that a plan reads beside its own: older forms of the same, and the single value that senders of older versions put there. */
const alsoReads: Readonly<Record<string, string>> = {
  CWE: 'CE CNE CF IS ID ST varies',
  CNE: 'CE CWE ID IS ST varies',
  CE: 'CWE CNE CF varies',
  CX: 'EI ST SI',
  EI: 'ST CX',
  EIP: 'EI',
  HD: 'IS ST ID',
  XPN: 'ST FN',
  XCN: 'CNN ST',
  XON: 'ST',
  XAD: 'AD ST SAD',
  XTN: 'TN ST',
  PL: 'ST IS',
  CQ: 'NM ST',
  DTM: 'TS DT',
  TS: 'DTM DT',
  ST: 'TX FT IS ID NM varies',
  FT: 'TX ST varies',
  ED: 'varies',
  RP: 'varies',
  SN: 'varies',
  NR: 'varies',
  DR: 'varies',
  NA: 'varies',
  NM: 'varies ST',
  IS: 'ID CWE ST',
  ID: 'IS CWE ST',
}
const readable = new Map(Object.entries(alsoReads).map(([plan, types]) => [plan, new Set(types.split(' '))]))

export function readableAs(plan: string, type: string): boolean {
  return plan === type || (readable.get(plan)?.has(type) ?? false)
}
