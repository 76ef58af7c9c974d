// A spot in an HL7 v2 message: a segment, a repetition of a field, a component or a subcomponent; what rules are given to read from.
import type { Parts, Segment } from '#formats/hl7v2/segment.ts'

export class Spot {
  readonly segment: Segment
  /** 0: the segment itself; likewise below: 0 is "not narrowed further". */
  readonly field: number
  readonly repetition: number
  readonly component: number
  readonly subcomponent: number

  constructor(segment: Segment, field = 0, repetition = 0, component = 0, subcomponent = 0) {
    this.segment = segment
    this.field = field
    this.repetition = repetition
    this.component = component
    this.subcomponent = subcomponent
  }

  #parts: Parts | undefined

  /** Which fields, components or subcomponents hold anything; walked once. */
  get parts(): Parts {
    this.#parts ??= this.segment.parts(this.field, this.repetition, this.component)
    return this.#parts
  }

  get raw(): string {
    return this.segment.slice(this.field, this.repetition, this.component, this.subcomponent)
  }

  get position(): string {
    return this.segment.position(this.field, this.repetition, this.component, this.subcomponent)
  }
}
