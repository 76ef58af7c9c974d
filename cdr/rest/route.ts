// A route of the FHIR surface: verb and path, the right it needs, the interaction it is (http.html). Exactly one fits a request.
import { r4 } from '#formats/fhir/model/r4.ts'
import { type Fault, fault } from '#kernel/fault.ts'
import { isFhirId } from '#kernel/ids.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { Answer } from './answer.ts'
import type { Call, Rest } from './call.ts'

export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** `{type}/{id}/_history/{version}`; empty for the base. */
  readonly path: string
  /** Code of the interaction in the CapabilityStatement. */
  readonly interaction: string
  /** Applies only with a query (conditional interactions), or only without. */
  readonly query?: 'needed'
  /** `open`: everybody; `entries`: each entry of the body is judged by itself. */
  readonly touch: 'open' | 'read' | 'write' | 'entries'
  readonly body: 'none' | 'resource' | 'form'
  handle(call: Call, rest: Rest): Promise<Result<Answer>> | Result<Answer>
}

export type Matched = { readonly route: Route; readonly path: Readonly<Record<string, string>> }

export type Router = {
  find(method: string, path: readonly string[], hasQuery: boolean): Result<Matched>
  /** Verbs the path takes: the header Allow of a 405. */
  allowed(path: readonly string[]): readonly string[]
}

/** HEAD is answered by the route of GET. */
export function compileRoutes(routes: readonly Route[]): Router {
  const byLength = new Map<number, Compiled[]>()
  for (const route of routes) {
    const steps = route.path === '' ? [] : route.path.split('/')
    byLength.set(steps.length, [...(byLength.get(steps.length) ?? []), { route, steps }])
  }
  const fitting = (path: readonly string[]) => (byLength.get(path.length) ?? []).filter(compiled => fits(compiled.steps, path))
  return {
    find(method, path, hasQuery) {
      const verb = method === 'HEAD' ? 'GET' : method
      const found = fitting(path).find(({ route }) => route.method === verb && (route.query === undefined || hasQuery))
      return found ? bind(found, path) : failed(noRoute(method, path, fitting(path)))
    },
    allowed: path => [...new Set(fitting(path).flatMap(({ route }) => (route.method === 'GET' ? ['GET', 'HEAD'] : [route.method])))],
  }
}

type Compiled = { readonly route: Route; readonly steps: readonly string[] }

function fits(steps: readonly string[], path: readonly string[]): boolean {
  return steps.every((step, i) => {
    const segment = path[i]!
    if (step === '{$operation}') return segment.startsWith('$')
    if (step === '{type}') return /^[A-Z]/.test(segment)
    if (step.startsWith('{')) return !/^[_$]/.test(segment)
    return step === segment
  })
}

function bind({ route, steps }: Compiled, path: readonly string[]): Result<Matched> {
  const bound: Record<string, string> = {}
  for (const [i, step] of steps.entries()) {
    const segment = path[i]!
    if (step === '{$operation}') bound['operation'] = segment.slice(1)
    else if (step.startsWith('{')) bound[step.slice(1, -1)] = segment
  }
  const { type, id, compartment } = bound
  if (type !== undefined && !r4.isResourceType(type)) return failed(unknownType(type))
  for (const name of [id, compartment])
    if (name !== undefined && !isFhirId(name)) return failed(fault('fhir.id-invalid', { args: { id: name.slice(0, 70) } }))
  return ok({ route, path: bound })
}

/** Nothing at the path, an unknown type, or another verb. */
function noRoute(method: string, path: readonly string[], fitting: readonly Compiled[]): Fault {
  const type = path[0] ?? ''
  const shown = path.join('/').slice(0, 100)
  if (/^[A-Za-z]/.test(type) && type !== 'metadata' && !r4.isResourceType(type)) return unknownType(type)
  if (fitting.length === 0 && method === 'GET') return fault('http.not-found')
  return fault('fhir.interaction-unsupported', { args: { method: method.slice(0, 20), path: shown === '' ? '/' : shown } })
}

export function unknownType(type: string): Fault {
  return fault('fhir.type-unknown', { args: { type: type.slice(0, 64) } })
}
