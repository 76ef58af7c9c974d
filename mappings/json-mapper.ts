// JSON messages as plans see them: the vendor's schema, and the message as parsed.
import type { JsonObject, JsonValue } from '#kernel/json.ts'
import type { MessageKind } from './compile/message.ts'
import { JsonSource } from './source/json.ts'
import { JsonSpot } from './source/json-spot.ts'

export function jsonKind(schema: JsonObject): MessageKind<JsonValue, JsonSpot> {
  const plain = new JsonSource(schema, false)
  const traced = new JsonSource(schema, true)
  return {
    scope: plain.message,
    source: isTraced => (isTraced ? traced : plain),
    open(message) {
      const root = new JsonSpot(message)
      return { node: root, frames: [root], inner: message }
    },
  }
}
