// Which structure a trigger event has (HL7 table 0354), for the many senders that leave MSH-9.3 out or fill it wrongly.
import { type StructureName, structures } from './structures.ts'

/** Structures whose events are more, or others, than their own name says. */
const events: Readonly<Partial<Record<StructureName, string>>> = {
  ADT_A01: 'A01 A04 A08 A13',
  ADT_A05: 'A05 A14 A28 A31',
  ADT_A06: 'A06 A07',
  ADT_A09: 'A09 A10 A11',
  ADT_A21: 'A21 A22 A23 A25 A26 A27 A29 A32 A33',
  ADT_A30: 'A30 A34 A35 A36 A46 A47 A48 A49',
  ADT_A39: 'A39 A40 A41 A42',
  ADT_A43: 'A43 A44',
  ADT_A50: 'A50 A51',
  ADT_A52: 'A52 A53',
  ADT_A54: 'A54 A55',
  ADT_A61: 'A61 A62',
  // The structure of version 2.3 only, for senders that name it; the event itself is under ADT_A09.
  ADT_A11: '',
  MDM_T01: 'T01 T03 T05 T07 T09 T11',
  MDM_T02: 'T02 T04 T06 T08 T10',
  MFN_M02: 'M02',
  OMG_O19: 'O19',
  PPR_PC1: 'PC1 PC2 PC3',
  QBP_Q21: 'Q21 Q22 Q23 Q24',
  RDE_O11: 'O11 O25',
  REF_I12: 'I12 I13 I14 I15',
  SIU_S12: 'S12 S13 S14 S15 S16 S17 S18 S19 S20 S21 S22 S23 S24 S26',
  SRM_S01: 'S01 S02 S03 S04 S05 S06 S07 S08 S09 S10 S11',
}

const byEvent: ReadonlyMap<string, StructureName> = new Map(
  (Object.keys(structures) as StructureName[]).flatMap(name => {
    const [type, ownEvent] = name.split('_') as [string, string | undefined]
    const triggers = events[name] ?? ownEvent
    return triggers ? triggers.split(' ').map(event => [`${type}^${event}`, name] as const) : []
  }),
)

/**
 * The structure of a message: MSH-9.3 where it names one of its type that is known here, else the one of its event.
 * Acknowledgements are ACK whatever their event. Undefined for anything else.
 */
export function structureOf(message: {
  readonly type: string
  readonly trigger: string
  readonly structure: string
}): StructureName | undefined {
  if (message.type === 'ACK') return 'ACK'
  if (Object.hasOwn(structures, message.structure) && message.structure.startsWith(`${message.type}_`))
    return message.structure as StructureName
  return byEvent.get(`${message.type}^${message.trigger}`)
}

/** Message types of which at least one event is known here. */
export const knownTypes: ReadonlySet<string> = new Set(Object.keys(structures).map(name => name.split('_')[0]!))
