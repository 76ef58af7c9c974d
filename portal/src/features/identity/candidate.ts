// What a person compares when two records may be one patient: the same fields in the same order, and which of them do not agree. Pure.

export type FieldName =
  | 'name'
  | 'gender'
  | 'birthDate'
  | 'card'
  | 'record'
  | 'other'
  | 'phone'
  | 'address'
  | 'contact'
  | 'links'
  | 'state'
  | 'updated'

export const fieldNames: readonly FieldName[] = [
  'name',
  'gender',
  'birthDate',
  'card',
  'record',
  'other',
  'phone',
  'address',
  'contact',
  'links',
  'state',
  'updated',
]

/** Values of one column; an absent field says nothing, an empty list says that there is none. */
export type Candidate = {
  readonly kind: 'patient' | 'card'
  readonly id: string
  readonly fields: Partial<Record<FieldName, readonly string[]>>
}

type Coded = { readonly coding?: readonly { readonly code?: string }[] }
type Named = { readonly text?: string; readonly family?: string; readonly given?: readonly string[] }
type Contact = { readonly value?: string }

export type Patient = {
  readonly id: string
  readonly active?: boolean
  readonly meta?: { readonly lastUpdated?: string; readonly tag?: readonly { readonly code?: string }[] }
  readonly identifier?: readonly { readonly system?: string; readonly value?: string; readonly type?: Coded }[]
  readonly name?: readonly Named[]
  readonly gender?: string
  readonly birthDate?: string
  readonly telecom?: readonly Contact[]
  readonly address?: readonly {
    readonly text?: string
    readonly state?: string
    readonly city?: string
    readonly line?: readonly string[]
  }[]
  readonly contact?: readonly { readonly name?: Named; readonly telecom?: readonly Contact[] }[]
  readonly link?: readonly { readonly other?: { readonly reference?: string }; readonly type?: string }[]
}

/** 公民身份号码 (GB 11643), as an identifier system. */
export const cardSystem = 'urn:oid:2.16.156.10011.1.3'

export function cardOf(patient: Patient): string | undefined {
  return patient.identifier?.find(identifier => identifier.system === cardSystem)?.value
}

export function candidateOf(patient: Patient): Candidate {
  const identifiers = patient.identifier ?? []
  const isRecord = (type: Coded | undefined) => type?.coding?.some(coding => coding.code === 'MR') ?? false
  const others = identifiers.filter(each => each.system !== cardSystem && !isRecord(each.type))
  return {
    kind: 'patient',
    id: patient.id,
    fields: {
      name: said((patient.name ?? []).map(nameText)),
      gender: said([patient.gender]),
      birthDate: said([patient.birthDate]),
      card: said([cardOf(patient)]),
      record: said(identifiers.filter(each => isRecord(each.type)).map(each => each.value)),
      other: said(others.map(each => each.value)),
      phone: said((patient.telecom ?? []).map(each => each.value)),
      address: said(
        (patient.address ?? []).map(({ text, state, city, line = [] }) => text ?? [state, city, ...line].filter(Boolean).join(' ')),
      ),
      contact: said((patient.contact ?? []).map(({ name, telecom }) => [nameText(name), telecom?.[0]?.value].filter(Boolean).join(' '))),
      links: said((patient.link ?? []).map(({ type, other }) => `${type ?? ''} ${other?.reference ?? ''}`)),
      state: [patient.active === false ? 'inactive' : 'active', ...said((patient.meta?.tag ?? []).map(tag => tag.code))],
      updated: said([patient.meta?.lastUpdated]),
    },
  }
}

/** What the number of a card says about its holder: birth date and sex; undefined for other numbers. */
export function candidateOfCard(card: string): Candidate | undefined {
  const digits = card.length === 15 ? `${card.slice(0, 6)}19${card.slice(6)}0` : card
  const match = /^\d{6}(\d{4})(\d\d)(\d\d)\d\d(\d)[\dX]$/i.exec(digits)
  if (!match) return undefined
  const [, year, month, day, order] = match
  return {
    kind: 'card',
    id: card,
    fields: { gender: [Number(order) % 2 === 1 ? 'male' : 'female'], birthDate: [`${year}-${month}-${day}`], card: [card] },
  }
}

/** Is the card the patient's own, as far as birth date and sex can tell? */
export function isHolder(patient: Patient, holder: Candidate): boolean {
  return patient.birthDate === holder.fields.birthDate?.[0] && patient.gender === holder.fields.gender?.[0]
}

/** Fields in which those that say something do not say the same. */
export function differences(candidates: readonly Candidate[]): ReadonlySet<FieldName> {
  return new Set(
    fieldNames.filter(name => {
      if (name === 'updated' || name === 'state' || name === 'links') return false
      const said = candidates.flatMap(({ fields }) => (fields[name]?.length ? [[...fields[name]].sort().join('\n')] : []))
      return new Set(said).size > 1
    }),
  )
}

/** `990118********9583`: enough to compare by eye, not enough to copy. */
export function masked(value: string): string {
  if (value.length < 8) return value
  const [head, tail] = value.length >= 15 ? [6, 4] : [3, 4]
  return `${value.slice(0, head)}${'*'.repeat(value.length - head - tail)}${value.slice(-tail)}`
}

export function nameText(name: Named | undefined): string {
  return name?.text ?? `${name?.family ?? ''}${(name?.given ?? []).join('')}`
}

function said(values: readonly (string | undefined)[]): string[] {
  return values.filter((value): value is string => value !== undefined && value.trim() !== '')
}
