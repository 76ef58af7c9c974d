// CodeSystem (codesystem.html): codes once each, properties that are defined and of their type, supplements that add no codes.
import type { Raw } from '../definitions/definition.ts'
import type { TypeCheck } from '../program/type-program.ts'
import type { Run } from '../walk/run.ts'
import { listOf } from './questionnaire-response.ts'

const conceptProperties = 'http://hl7.org/fhir/concept-properties#'

/** Properties that FHIR itself defines (codesystem-concept-properties.html), with their types. */
const known: Readonly<Record<string, string>> = {
  inactive: 'boolean',
  deprecated: 'dateTime',
  deprecationDate: 'dateTime',
  notSelectable: 'boolean',
  parent: 'code',
  child: 'code',
  synonym: 'code',
  status: 'code',
  partOf: 'code',
}

export const codeSystem: TypeCheck = (system, run) => {
  const properties = new Map<string, string>()
  listOf(system['property']).forEach((property, index) => checkProperty(property, index, properties, run))
  if (typeof system['supplements'] === 'string' && system['content'] !== 'supplement')
    run.error('validator.value-set-filter-value', { property: 'content', value: String(system['content']) }, '.content')
  const codes = new Set<string>()
  const walk = (list: readonly Raw[], depth: number): void => {
    if (depth > 200) return
    list.forEach((concept, index) => {
      const { depth: before } = run.trail
      run.trail.push('.concept')
      run.trail.push(index)
      checkConcept(concept, codes, properties, system, run)
      walk(listOf(concept['concept']), depth + 1)
      run.trail.cut(before)
    })
  }
  walk(listOf(system['concept']), 0)
  const { count, content } = system
  if (typeof count === 'number' && content === 'complete' && count !== codes.size)
    run.error('validator.code-system-count', { found: count, expected: codes.size }, '.count')
}

function checkProperty({ code, uri, type }: Raw, index: number, properties: Map<string, string>, run: Run): void {
  if (typeof code !== 'string' || typeof type !== 'string') return
  const at = `.property[${index}]`
  if (properties.has(code)) return run.error('validator.code-system-duplicate', { code }, at)
  properties.set(code, type)
  const name = typeof uri === 'string' && uri.startsWith(conceptProperties) ? uri.slice(conceptProperties.length) : code
  const expected = Object.hasOwn(known, name) ? known[name]! : undefined
  if (expected !== undefined && expected !== type)
    run.error('validator.code-system-property-type', { property: code, expected }, `${at}.type`)
}

function checkConcept(concept: Raw, codes: Set<string>, properties: ReadonlyMap<string, string>, system: Raw, run: Run): void {
  const { code } = concept
  if (typeof code !== 'string') return
  codes.add(code)
  const { supplements } = system
  if (typeof supplements === 'string' && system['content'] === 'supplement') {
    const facts = run.world.codes.lookup(supplements.split('|')[0]!, code)
    if (facts.kind === 'unknown-code' && !facts.partial) run.error('validator.code-system-supplement', { code }, '.code')
  }
  listOf(concept['property']).forEach((property, index) => {
    const name = String(property['code'])
    const type = properties.get(name) ?? (Object.hasOwn(known, name) ? known[name] : undefined)
    const member = Object.keys(property).find(key => key.startsWith('value'))
    if (type === undefined) return run.error('validator.code-system-property', { property: name }, `.property[${index}]`)
    if (member !== undefined && member.slice(5).toLowerCase() !== type.toLowerCase())
      run.error('validator.code-system-property-type', { property: name, expected: type }, `.property[${index}]`)
  })
}
