// Environment variables: %context, %resource, the constants of FHIR, and those the caller or defineVariable() gives.
import type { Ast } from '../syntax/ast.ts'
import { Trouble } from '../trouble.ts'
import type { Collection } from '../values/collection.ts'
import type { Compiler } from './compiler.ts'
import { untyped } from './dynamic.ts'
import { anyType, type Expr, systemType } from './expr.ts'
import type { Scope } from './scope.ts'

const constants: Readonly<Record<string, string>> = {
  ucum: 'http://unitsofmeasure.org',
  sct: 'http://snomed.info/sct',
  loinc: 'http://loinc.org',
}

const prefixes: Readonly<Record<string, string>> = {
  'vs-': 'http://hl7.org/fhir/ValueSet/',
  'ext-': 'http://hl7.org/fhir/StructureDefinition/',
}

const environment = new Set(['context', 'resource', 'rootResource', ...Object.keys(constants)])

export function isEnvironmentName(name: string): boolean {
  return environment.has(name) || constantOf(name) !== undefined
}

export function compileVariable(compiler: Compiler, ast: Ast & { kind: 'variable' }, scope: Scope): Expr {
  const { name, at } = ast
  const known = { single: true, ordered: true }
  const constant = constantOf(name)
  if (constant !== undefined) return { ...known, type: systemType('String'), constant, run: () => constant }
  if (name === 'context') return { ...known, type: compiler.root, run: (_, evaluation) => evaluation.root }
  if (name === 'resource') return { ...known, type: compiler.resource, run: (_, evaluation) => evaluation.resource }
  if (name === 'rootResource') return { ...known, type: anyType, run: (_, evaluation) => evaluation.rootResource }
  const defined = scope.variables.get(name)
  if (defined) return { type: defined.type, single: defined.single, ordered: true, run: (_, evaluation) => evaluation.slots[defined.slot] }
  return {
    type: anyType,
    single: false,
    ordered: true,
    run: (_, { context }) => {
      const variables = context.variables ?? {}
      if (!Object.hasOwn(variables, name)) throw new Trouble('fhirpath.variable-unknown', at, { name })
      return fromOutside(variables[name])
    },
  }
}

function constantOf(name: string): string | undefined {
  if (Object.hasOwn(constants, name)) return constants[name]
  for (const [prefix, url] of Object.entries(prefixes)) if (name.startsWith(prefix)) return url + name.slice(prefix.length)
  return undefined
}

/** A value the caller gave as items that know their type. */
function fromOutside(value: unknown): Collection {
  if (value === undefined || value === null) return undefined
  return Array.isArray(value)
    ? value.filter(item => item !== null && item !== undefined && !Array.isArray(item)).map(untyped)
    : untyped(value)
}
