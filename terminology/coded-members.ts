// Which members of a FHIR type hold codes, or lead to a type that does: the coding pass visits these and nothing else.
import type { Model } from '#formats/fhir/model/model.ts'

export type CodedMember = {
  readonly member: string
  readonly kind: 'concept' | 'quantity' | 'inside'
  /** For `inside`: the type to go on with. */
  readonly type: string
}

const kinds: Readonly<Record<string, CodedMember['kind']>> = {
  CodeableConcept: 'concept',
  Quantity: 'quantity',
  Age: 'quantity',
  Count: 'quantity',
  Distance: 'quantity',
  Duration: 'quantity',
  SimpleQuantity: 'quantity',
}

/** Nobody codes what stands in these: they name, or they say where a resource comes from. */
const skipped = new Set(['Meta', 'Extension', 'Narrative', 'Reference', 'Identifier', 'Resource', 'Annotation', 'Signature'])

export class CodedMembers {
  readonly #model: Model
  readonly #ofType = new Map<string, readonly CodedMember[]>()

  constructor(model: Model) {
    this.#model = model
  }

  /** Members of a resource or data type worth visiting; empty for a type the model does not know. */
  of(type: string): readonly CodedMember[] {
    const known = this.#ofType.get(type)
    if (known) return known
    // A type that contains itself (Questionnaire.item.item) finds the empty list below while it is being worked out, then visits itself.
    this.#ofType.set(type, [])
    const members = [...(this.#model.type(type)?.members ?? [])].flatMap(([member, { type: of }]) => this.#coded(member, of.code, type))
    this.#ofType.set(type, members)
    return members
  }

  #coded(member: string, type: string, within: string): CodedMember[] {
    const kind = kinds[type]
    if (kind) return [{ member, kind, type }]
    if (skipped.has(type) || this.#model.type(type)?.kind === 'primitive') return []
    if (type === within || this.of(type).length > 0) return [{ member, kind: 'inside', type }]
    return []
  }
}
