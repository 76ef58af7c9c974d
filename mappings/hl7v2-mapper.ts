// HL7 v2 messages as plans see them: the dictionary, and the structure of each event.
import { dictionary } from '#formats/hl7v2/dictionary/dictionary.ts'
import type { Message } from '#formats/hl7v2/message.ts'
import { structureOf } from '#formats/hl7v2/structure/events.ts'
import { readGrammar } from '#formats/hl7v2/structure/grammar.ts'
import { groupMessage } from '#formats/hl7v2/structure/groups.ts'
import { structures } from '#formats/hl7v2/structure/structures.ts'
import type { MessageKind } from './compile/message.ts'
import { type Hl7Node, type Hl7Scope, Hl7Source } from './source/hl7v2.ts'
import type { Hl7Types } from './source/hl7v2-types.ts'

/** Both halves of an identifier pair are entity identifiers (chapter 2A, EIP), which the guide's tables write as plain text. */
const pairParts: Readonly<Record<string, string>> = { 'EIP.1': 'EI', 'EIP.2': 'EI' }

const types: Hl7Types = {
  field: (segment, field) => {
    const entry = dictionary.field(segment, field)
    return entry && { type: entry.type, repeats: entry.repetitionsMax > 1 }
  },
  component: (type, component) => pairParts[`${type}.${component}`] ?? dictionary.component(type, component)?.type,
  isType: type => dictionary.dataType(type) !== undefined,
  isSegment: segment => dictionary.segment(segment) !== undefined,
}

const sources = { plain: new Hl7Source(types, false), traced: new Hl7Source(types, true) } as const

/** The kind of message that `ADT^A01` is; undefined for an event that has no structure here. */
export function hl7Kind(type: string): MessageKind<Message, Hl7Node> | undefined {
  const [message = '', trigger = ''] = type.split('^')
  const structure = structureOf({ type: message, trigger, structure: '' })
  if (!structure) return undefined
  const scope: Hl7Scope = { name: structure, groups: [readGrammar(structure, structures[structure]).root] }
  return {
    scope,
    source: traced => (traced ? sources.traced : sources.plain),
    open(opened) {
      const { root } = groupMessage(opened, structure)
      return { node: root, frames: [root], inner: opened }
    },
  }
}
