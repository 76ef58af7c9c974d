// Compiles message plans for HL7 v2: one mapper per message type, over the structure of its event.
import { dictionary } from '#formats/hl7v2/dictionary/dictionary.ts'
import type { Message } from '#formats/hl7v2/message.ts'
import { structureOf } from '#formats/hl7v2/structure/events.ts'
import { readGrammar } from '#formats/hl7v2/structure/grammar.ts'
import { groupMessage } from '#formats/hl7v2/structure/groups.ts'
import { type StructureName, structures } from '#formats/hl7v2/structure/structures.ts'
import type { CompileContext } from './compile/compile-context.ts'
import { checkAliases } from './compile/making.ts'
import type { MessageCode, Opening } from './compile/message.ts'
import { compileSteps } from './compile/steps.ts'
import type { MessagePlan } from './language/plan.ts'
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

export const hl7Sources = { plain: new Hl7Source(types, false), traced: new Hl7Source(types, true) } as const

/** `ADT^A01` → the structure its event has; undefined for an event that has none here. */
export function structureOfType(type: string): StructureName | undefined {
  const [message = '', trigger = ''] = type.split('^')
  return structureOf({ type: message, trigger, structure: '' })
}

export function openHl7(structure: StructureName): Opening<Message, Hl7Node> {
  return message => {
    const { root } = groupMessage(message, structure)
    return { node: root, frames: [root], inner: message }
  }
}

/** The steps of a plan over a structure; findings go to the context. */
export function compileHl7Message(plan: MessagePlan, structure: StructureName, context: CompileContext<Hl7Node>): MessageCode<Hl7Node> {
  const scope: Hl7Scope = { name: structure, groups: [readGrammar(structure, structures[structure]).root] }
  const code = compileSteps(plan.steps, scope, context)
  checkAliases(context, scope)
  return { code, source: context.source }
}
