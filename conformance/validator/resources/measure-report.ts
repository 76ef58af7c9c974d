// MeasureReport against its Measure (measurereport.html, measure.html#scoring): groups, populations, stratifiers and scores that it defines.
import type { Raw } from '../definitions/definition.ts'
import type { TypeCheck } from '../program/type-program.ts'
import { isObject } from '../walk/by-type.ts'
import type { Run } from '../walk/run.ts'
import { listOf } from './questionnaire-response.ts'

type Report = { readonly run: Run; readonly type: unknown; readonly scoring: string | undefined; readonly isComplete: boolean }

export const measureReport: TypeCheck = (report, run) => {
  const canonical = report['measure']
  if (typeof canonical !== 'string') return void run.hint('validator.measure-unsaid')
  const measure: Raw | undefined = canonical.startsWith('#')
    ? run.scope.resolve(canonical, run)?.resource
    : run.world.definitions.find('Measure', canonical)
  if (!measure) return run.warning('validator.measure-unknown', { measure: canonical }, '.measure')
  const context: Report = { run, type: report['type'], scoring: codeOf(measure['scoring']), isComplete: report['status'] === 'complete' }
  if (report['type'] === 'data-collection') {
    listOf(report['group']).forEach((_, index) =>
      run.error('validator.measure-score-type', { type: 'data-collection' }, `.group[${index}]`),
    )
    return
  }
  matched('group', listOf(report['group']), listOf(measure['group']), context, (group, definition) =>
    checkGroup(group, definition, context),
  )
}

function checkGroup(group: Raw, definition: Raw, context: Report): void {
  matched('population', listOf(group['population']), listOf(definition['population']), context, population =>
    checkCount(population, context),
  )
  checkScore(group, context)
  const stratifiers = listOf(definition['stratifier'])
  matched('stratifier', listOf(group['stratifier']), stratifiers, context, (stratifier, own) => {
    each('stratum', listOf(stratifier['stratum']), context.run, stratum => checkStratum(stratum, own, definition, context))
  })
}

function checkStratum(stratum: Raw, stratifier: Raw, group: Raw, context: Report): void {
  const components = listOf(stratifier['component'])
  if (components.length > 0) matched('component', listOf(stratum['component']), components, context, () => undefined)
  if (listOf(stratum['population']).length > 0)
    matched('population', listOf(stratum['population']), listOf(group['population']), context, population =>
      checkCount(population, context),
    )
  checkScore(stratum, context)
}

function checkCount(population: Raw, { run, type }: Report): void {
  if (type === 'subject-list' || typeof population['count'] === 'number') return
  run.error('validator.measure-count', { code: codeOf(population['code']) ?? '' })
}

/** A cohort has no score; the other kinds have one, without a unit where it is a share. */
function checkScore(of: Raw, { run, scoring, isComplete }: Report): void {
  const score = of['measureScore']
  if (scoring === 'cohort' && score !== undefined) return run.error('validator.measure-score-forbidden', { scoring }, '.measureScore')
  const isScored = scoring === 'proportion' || scoring === 'ratio' || scoring === 'continuous-variable'
  if (isScored && score === undefined && isComplete) run.error('validator.measure-score-required', { scoring: scoring! })
  if (
    scoring === 'proportion' &&
    isObject(score) &&
    (score['unit'] !== undefined || (score['code'] !== undefined && score['code'] !== '1' && score['code'] !== '%'))
  )
    run.error('validator.measure-score-unit', { scoring }, '.measureScore')
}

/** Parts of a report to those of the measure: by code, or alone to alone. */
function matched(
  part: string,
  found: readonly Raw[],
  defined: readonly Raw[],
  context: Report,
  use: (part: Raw, definition: Raw) => void,
): void {
  const { run } = context
  const used = new Set<Raw>()
  each(part, found, run, one => {
    const only = found.length === 1 && defined.length === 1 ? defined[0] : undefined
    const code = keysOf(one['code'])
    const definition =
      only && (code.length === 0 || keysOf(only['code']).length === 0)
        ? only
        : defined.find(other => keysOf(other['code']).some(key => code.includes(key)))
    if (!definition) {
      if (code.length === 0) run.error('validator.measure-code-missing', { part })
      else run.error('validator.measure-code-unknown', { part, code: code.join(', ') }, '.code')
      return
    }
    if (used.has(definition)) run.error('validator.measure-duplicate', { part, code: code.join(', ') })
    used.add(definition)
    use(one, definition)
  })
  for (const definition of defined)
    if (!used.has(definition) && found.length >= 0)
      run.error('validator.measure-part-missing', { part, code: keysOf(definition['code']).join(', ') })
}

function each(name: string, list: readonly Raw[], run: Run, use: (item: Raw) => void): void {
  list.forEach((item, index) => {
    const { depth } = run.trail
    run.trail.push(`.${name}`)
    run.trail.push(index)
    use(item)
    run.trail.cut(depth)
  })
}

function keysOf(concept: unknown): readonly string[] {
  if (!isObject(concept)) return []
  const codes = listOf(concept['coding']).map(({ system, code }) => `${String(system ?? '')}#${String(code)}`)
  return codes.length > 0 || typeof concept['text'] !== 'string' ? codes : [concept['text']]
}

function codeOf(concept: unknown): string | undefined {
  const code = isObject(concept) ? listOf(concept['coding'])[0]?.['code'] : undefined
  return typeof code === 'string' ? code : undefined
}
