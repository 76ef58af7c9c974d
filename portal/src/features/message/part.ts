// A part of an HL7 v2 message as the server takes it apart (engine/console/parsed-message.ts).
export type Part = {
  readonly path: string
  /** Name in the standard, English; `''` where the dictionary has none. */
  readonly name: string
  readonly type: string
  readonly from: number
  readonly to: number
  readonly value: string
  readonly parts: readonly Part[]
}
