// Expected trouble is a value: a Result holds either what was asked for or the Fault that explains its absence. Only bugs are thrown.
import type { Fault } from './fault.ts'

export type Ok<T> = { readonly ok: true; readonly value: T }
export type Failed<F = Fault> = { readonly ok: false; readonly fault: F }
export type Result<T, F = Fault> = Ok<T> | Failed<F>

export function ok<T>(value: T): Ok<T> {
  return { ok: true, value }
}

export function failed<F = Fault>(fault: F): Failed<F> {
  return { ok: false, fault }
}

/** The value, or a thrown Error for callers that hold proof that no fault is possible (composition roots, tests). */
export function must<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Error(`${result.fault.code}${result.fault.at ? ` at ${result.fault.at}` : ''} ${JSON.stringify(result.fault.args ?? {})}`)
}
