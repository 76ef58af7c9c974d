// SearchParameter (searchparameter.html): an expression that can be run and starts from its base, components where it is composite.
import { compile } from '#formats/fhir/fhirpath/expression.ts'
import { faultText } from '#kernel/fault.ts'
import type { Raw } from '../definitions/definition.ts'
import type { TypeCheck } from '../program/type-program.ts'
import type { Run } from '../walk/run.ts'
import { listOf } from './questionnaire-response.ts'

export const searchParameter: TypeCheck = (parameter, run) => {
  const { expression, type, base, derivedFrom } = parameter
  if (type === 'composite' && listOf(parameter['component']).length === 0) run.error('validator.search-component')
  if (typeof expression === 'string') checkExpression(expression, Array.isArray(base) ? base : [], run)
  if (typeof derivedFrom === 'string') checkDerived(parameter, derivedFrom, run)
}

function checkExpression(expression: string, bases: readonly unknown[], run: Run): void {
  const compiled = compile(expression)
  if (!compiled.ok) return run.error('validator.search-expression', { reason: faultText(compiled.fault, 'en') }, '.expression')
  const starts = new Set([...expression.matchAll(/(?:^|\|)\s*\(*\s*([A-Z]\w+)\b/g)].map(match => match[1]))
  for (const base of bases) {
    const isOwn =
      typeof base !== 'string' || starts.size === 0 || [...starts].some(start => start !== undefined && run.world.model.isA(base, start))
    if (!isOwn) run.error('validator.search-base', { base: String(base) }, '.expression')
  }
}

function checkDerived(parameter: Raw, url: string, run: Run): void {
  const origin = run.world.definitions.find('SearchParameter', url) as Raw | undefined
  if (!origin) return run.warning('validator.canonical-unresolved', { found: url }, '.derivedFrom')
  for (const element of ['code', 'type'])
    if (parameter[element] !== undefined && origin[element] !== undefined && parameter[element] !== origin[element])
      run.error('validator.search-derived', { element }, `.${element}`)
}
