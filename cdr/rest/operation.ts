// $operations (operations.html): found by name, level and type in the table that the rooms hand in.
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import { permit } from '../access/scope.ts'
import type { Answer } from './answer.ts'
import type { Call, Rest } from './call.ts'

export function operation(method: 'GET' | 'POST') {
  return (call: Call, rest: Rest): Promise<Result<Answer>> | Result<Answer> => {
    const { operation: name = '', type, id } = call.path
    const level = id !== undefined ? 'instance' : type !== undefined ? 'type' : 'system'
    const found = rest.operations.find(
      one => one.name === name && one.level === level && (type === undefined || one.types.length === 0 || one.types.includes(type)),
    )
    if (!found) return failed(fault('fhir.operation-unknown', { args: { operation: `$${name.slice(0, 64)}` } }))
    if (method === 'GET' && !found.safe) return failed(fault('fhir.interaction-unsupported', { args: { method, path: `$${name}` } }))
    const permitted = found.touch === 'none' ? ok(undefined) : permit(call.caller.principal, found.touch, type ?? '*')
    return permitted.ok ? found.handle(call, rest) : permitted
  }
}
