// FHIRPath against fhirpath.js (compiled, with its R4 model) in one run, interleaved: every R4 search parameter and every invariant
// on synthetic resources. Prints the distribution of the speed ratios and the ten worst.
import fhirpath from 'fhirpath'
import fhirpathR4 from 'fhirpath/fhir-context/r4'
import { Evaluation } from '../formats/fhir/fhirpath/evaluation.ts'
import { compile, type Expression } from '../formats/fhir/fhirpath/expression.ts'
import { r4, r4SearchParameters } from '../formats/fhir/model/r4.ts'
import { must } from '../kernel/result.ts'
import { syntheticElement, syntheticResource } from './fhirpath/synthetic-resource.ts'

type Subject = {
  readonly name: string
  readonly kind: 'search' | 'invariant'
  readonly ours: () => unknown
  readonly theirs: () => unknown
}

const rounds = 15
const seeds = [0, 1, 2]
const sliceNanoseconds = 300_000
/** Slices run before any is counted, so that both sides are measured as compiled code. */
const warmUpSlices = 10

function searchSubjects(): Subject[] {
  const seen = new Set<string>()
  const subjects: Subject[] = []
  for (const type of r4.resourceTypes()) {
    const inputs = seeds.map(seed => syntheticResource(type, r4, seed)).map(resource => ({ focus: resource, resource }))
    for (const { id, code, expression } of r4SearchParameters.ofType(type).values()) {
      if (expression === undefined || seen.has(id)) continue
      seen.add(id)
      const ours = valuesOf(must(compile(expression, { type, mode: 'lenient' })))
      subjects.push({
        name: `${type}?${code}`,
        kind: 'search',
        ours: inTurn(ours, inputs),
        theirs: inTurn(peer(expression, undefined), inputs),
      })
    }
  }
  return subjects
}

function invariantSubjects(): Subject[] {
  const seen = new Set<string>()
  const subjects: Subject[] = []
  for (const name of r4.typeNames()) {
    for (const { key, expression, element } of r4.type(name)!.invariants) {
      if (seen.has(key + expression)) continue
      seen.add(key + expression)
      const owner = r4.type(name)!.abstract ? fitting[name]! : name
      const type = element === undefined ? owner : r4.element(owner, element)!.types[0]!.code
      const resourceType = r4.isResourceType(type.split('.')[0]!) ? type.split('.')[0]! : 'Basic'
      const inputs = seeds.map(seed => {
        const resource = syntheticResource(resourceType, r4, seed)
        return { focus: type === resourceType ? resource : syntheticElement(type, r4, seed), resource }
      })
      const ours = truthOf(must(compile(expression, { type, mode: 'lenient' })))
      const base = type === resourceType ? undefined : element === undefined ? owner : `${owner}.${element}`
      subjects.push({
        name: `${name} ${key}`,
        kind: 'invariant',
        ours: inTurn(ours, inputs),
        theirs: inTurn(peer(expression, base), inputs),
      })
    }
  }
  return subjects
}

type Input = { readonly focus: unknown; readonly resource: object }

/** The inputs one after the other, so that neither side lives on one resource. */
function inTurn(run: (input: Input) => unknown, inputs: readonly Input[]): () => unknown {
  let next = 0
  return () => run(inputs[next++ % inputs.length]!)
}

/** A concrete type for the invariants of an abstract one. */
const fitting: Readonly<Record<string, string>> = {
  Element: 'Period',
  Resource: 'Patient',
  DomainResource: 'Patient',
  BackboneElement: 'Patient.contact',
}

function valuesOf(expression: Expression): (input: Input) => unknown {
  const evaluation = new Evaluation(r4)
  return ({ resource }) => {
    evaluation.begin(resource, resource, resource)
    let count = 0
    const trouble = expression.each(resource, evaluation, () => count++)
    if (trouble) throw new Error(trouble.code)
    return count
  }
}

function truthOf(expression: Expression): (input: Input) => unknown {
  const evaluation = new Evaluation(r4)
  return ({ focus, resource }) => {
    evaluation.begin(focus as object, resource, resource)
    const result = expression.check(focus as object, evaluation)
    if (typeof result === 'object') throw new Error(result.code)
    return result
  }
}

function peer(expression: string, base: string | undefined): (input: Input) => unknown {
  const path = base === undefined ? expression : { base, expression }
  const compiled = fhirpath.compile(path, fhirpathR4, { traceFn: () => undefined })
  return ({ focus, resource }) => compiled(focus, { resource, rootResource: resource })
}

function works(run: () => unknown): boolean {
  try {
    run()
    return true
  } catch {
    return false
  }
}

/** Nanoseconds per run, over as many runs as fill a slice of time. */
function measure(run: () => unknown, runs: number): number {
  const start = process.hrtime.bigint()
  for (let i = 0; i < runs; i++) run()
  return Number(process.hrtime.bigint() - start) / runs
}

function runsFor(run: () => unknown): number {
  let runs = 1
  while (runs < 1e6 && measure(run, runs) * runs < sliceNanoseconds) runs *= 4
  return runs
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!
}

function compare({ ours, theirs }: Subject): { ours: number; theirs: number } {
  const [ourRuns, theirRuns] = [runsFor(ours), runsFor(theirs)]
  measure(ours, ourRuns * warmUpSlices)
  measure(theirs, theirRuns * warmUpSlices)
  const results = Array.from({ length: rounds }, () => [measure(ours, ourRuns), measure(theirs, theirRuns)] as const)
  return { ours: median(results.map(([a]) => a)), theirs: median(results.map(([, b]) => b)) }
}

function summary(name: string, ratios: readonly number[]): string {
  const sorted = ratios.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(1)
  const geometricMean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length)
  const spread = `min ${at(0)}, p5 ${at(0.05)}, p25 ${at(0.25)}, median ${at(0.5)}, p75 ${at(0.75)}, p95 ${at(0.95)}, max ${at(1)}`
  return `${name}: ${ratios.length} expressions, geometric mean ${geometricMean.toFixed(1)}x (${spread})`
}

const subjects = [...searchSubjects(), ...invariantSubjects()]
const fair = subjects.filter(subject => works(subject.theirs))
for (const subject of subjects) if (!works(subject.ours)) process.stdout.write(`fails: ${subject.name}\n`)
const measured = fair.map(subject => {
  const { ours, theirs } = compare(subject)
  return { ...subject, nanoseconds: ours, peerNanoseconds: theirs, ratio: theirs / ours }
})
const skipped = subjects.length - fair.length
process.stdout.write(
  `${subjects.length} expressions; fhirpath.js ${fhirpath.version} cannot evaluate ${skipped} of them, which are left out\n`,
)
for (const kind of ['search', 'invariant'] as const) {
  const ratios = measured.filter(m => m.kind === kind).map(m => m.ratio)
  process.stdout.write(`${summary(kind, ratios)}\n`)
}
process.stdout.write(
  `${summary(
    'all',
    measured.map(m => m.ratio),
  )}\n`,
)
process.stdout.write('the ten worst:\n')
for (const { name, ratio, nanoseconds, peerNanoseconds } of measured.toSorted((a, b) => a.ratio - b.ratio).slice(0, 10)) {
  process.stdout.write(`  ${ratio.toFixed(1)}x ${name} (${nanoseconds.toFixed(0)} ns, fhirpath.js ${peerNanoseconds.toFixed(0)} ns)\n`)
}
