// The official FHIRPath test suite for R4: same number, type and value of outputs, in order; what must fail must raise a fault.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SaxesParser } from 'saxes'
import { ExactDecimal } from '#formats/fhir/decimal.ts'
import { compile } from '#formats/fhir/fhirpath/expression.ts'
import type { TypedValue } from '#formats/fhir/fhirpath/values/typed-value.ts'
import { parseResource } from '#formats/fhir/json/read.ts'
import { r4 } from '#formats/fhir/model/r4.ts'
import { parseXmlResource } from '#formats/fhir/xml/read.ts'
import { ManualClock } from '#kernel/clock.ts'
import type { JsonObject } from '#kernel/json.ts'
import { must } from '#kernel/result.ts'
import type { CaseResult, Suite } from './suite.ts'

type Test = {
  name: string
  group: string
  input: string
  expression: string
  invalid: boolean
  strict: boolean
  predicate: boolean
  ordered: boolean
  outputs: { type: string | undefined; text: string }[]
}

/** Cases that ask for what the specification rules out. */
const contradictions: Readonly<Record<string, string>> = {
  testPlusDate19:
    'Date/Time Arithmetic: the decimal portion of a time-valued quantity is ignored for precisions above seconds; for seconds it counts, so 0.1 s is 100 ms',
}

export const fhirpathR4: Suite = { name: 'FHIRPath R4', folder: 'fhirpath-r4', run }

function run(folder: string): readonly CaseResult[] {
  const inputs = new Map<string, JsonObject | undefined>()
  return readTests(readFileSync(join(folder, 'tests-fhir-r4.xml'), 'utf8')).map(test => {
    if (!inputs.has(test.input)) inputs.set(test.input, readInput(folder, test.input))
    const detail = runTest(test, inputs.get(test.input))
    const name = `${test.group}/${test.name}`
    const clause = contradictions[test.name]
    return detail === undefined ? { name, passed: true } : { name, passed: false, detail, ...(clause ? { clause } : {}) }
  })
}

/** Undefined when the case passes, else what came instead. */
function runTest(test: Test, input: JsonObject | undefined): string | undefined {
  const compiled = compile(test.expression, {
    mode: test.strict ? 'strict' : 'standard',
    ...(input ? { type: String(input['resourceType']) } : {}),
  })
  const context = { clock: new ManualClock(Date.UTC(2026, 10, 23, 4, 5, 6, 789)), conformsTo }
  const result = compiled.ok ? compiled.value.run(input ?? {}, context) : compiled
  if (test.invalid) return result.ok ? `a fault was expected of ${test.expression}, not ${print(result.value.values)}` : undefined
  if (!result.ok) return `${test.expression} → ${result.fault.code} at ${result.fault.at}`
  const values = test.predicate ? [{ type: 'System.Boolean', value: result.value.values.length > 0 }] : result.value.values
  return agrees(test, values) ? undefined : `${test.expression} → ${print(values)}, not ${JSON.stringify(test.outputs)}`
}

/** Against a definition of R4 itself; the type is checked by the engine before it asks. */
function conformsTo(structure: string): boolean | null {
  return r4.type(structure.replace('http://hl7.org/fhir/StructureDefinition/', '')) ? true : null
}

function agrees(test: Test, values: readonly TypedValue[]): boolean {
  if (values.length !== test.outputs.length) return false
  if (test.ordered) return values.every((value, i) => isSame(value, test.outputs[i]!))
  const left = [...test.outputs]
  return values.every(value => {
    const at = left.findIndex(output => isSame(value, output))
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  })
}

function isSame(value: TypedValue, output: Test['outputs'][number]): boolean {
  const system = /^System\.(.)(.*)$/.exec(value.type)
  const type = system && value.type !== 'System.Quantity' ? system[1]!.toLowerCase() + system[2] : value.type.replace('System.', '')
  if (output.type !== undefined && output.type !== type) return false
  const text = textOf(value)
  const expected = output.text.replace(/^@T?/, '').replace(/^T/, '')
  return text === expected || (type === 'decimal' && Number(text) === Number(expected))
}

function textOf({ value }: TypedValue): string {
  if (value instanceof ExactDecimal) return value.toPlainString()
  return typeof value === 'object' && value !== null && 'unit' in value
    ? String(value)
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value)
}

function print(values: readonly TypedValue[]): string {
  return `[${values.map(value => `${value.type} ${textOf(value)}`).join(', ')}]`
}

function readInput(folder: string, name: string): JsonObject | undefined {
  if (name === '') return undefined
  const bytes = readFileSync(join(folder, 'input', name))
  return must(name.endsWith('.xml') ? parseXmlResource(bytes) : parseResource(bytes))
}

function readTests(xml: string): Test[] {
  const tests: Test[] = []
  let group = ''
  let text = ''
  let test: Test | undefined
  let outputType: string | undefined
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => {
    const at = attributes as Record<string, string>
    text = ''
    if (name === 'group') group = at['name'] ?? ''
    if (name === 'test') test = newTest(group, at)
    if (name === 'expression' && test) test.invalid = at['invalid'] !== undefined
    if (name === 'output') outputType = at['type']
  })
  parser.on('text', chunk => {
    text += chunk
  })
  parser.on('closetag', ({ name }) => {
    if (name === 'expression' && test) test.expression = text
    if (name === 'output' && test) test.outputs.push({ type: outputType, text })
    if (name === 'test' && test) tests.push(test)
  })
  parser.write(xml).close()
  return tests
}

function newTest(group: string, at: Record<string, string>): Test {
  return {
    name: at['name'] ?? '',
    group,
    input: at['inputfile'] ?? '',
    expression: '',
    invalid: false,
    strict: at['mode'] === 'strict',
    predicate: at['predicate'] === 'true',
    ordered: at['ordered'] !== 'false',
    outputs: [],
  }
}
