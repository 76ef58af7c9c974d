// What a public test suite is to the runner: where it lies beside the checkout, and how it went.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The folder of public suites beside the checkout; absent on a user's clone. */
export const suitesFolder = resolve(import.meta.dirname, '../../../shared/suites')

export type CaseResult = {
  readonly name: string
  readonly passed: boolean
  /** What was expected and what came. */
  readonly detail?: string
  /** Why a failed case is right to fail: the clause of the specification that it contradicts. */
  readonly clause?: string
  /** 0 to 1, for suites that judge by degrees. */
  readonly share?: number
}

export type Suite = {
  readonly name: string
  readonly folder: string
  readonly run: (folder: string) => readonly CaseResult[] | Promise<readonly CaseResult[]>
}

export function isPresent(suite: Suite): boolean {
  return existsSync(join(suitesFolder, suite.folder))
}
