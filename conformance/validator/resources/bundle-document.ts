// Documents (documents.html#content): what the Composition refers to is in the bundle.
import type { Raw } from '../definitions/definition.ts'
import type { BundleIndex } from '../walk/bundle-index.ts'
import { isObject } from '../walk/by-type.ts'
import type { Run } from '../walk/run.ts'

const sectionDepthMax = 50

/** Paths of the Composition whose references the document must hold. */
const paths: readonly (readonly string[])[] = [
  ['subject'],
  ['encounter'],
  ['author'],
  ['custodian'],
  ['attester', 'party'],
  ['event', 'detail'],
]

export function checkDocument(composition: Raw, fullUrl: string | undefined, index: BundleIndex, run: Run): void {
  if (composition['resourceType'] !== 'Composition') return
  const { depth } = run.trail
  for (const step of ['.entry', 0, '.resource', composition]) run.trail.push(step)
  const check = (reference: Raw) => checkReference(reference, fullUrl, index, run)
  for (const path of paths) visit(composition, path, check, run)
  sections(composition, check, run, 0)
  run.trail.cut(depth)
}

function sections(owner: Raw, check: (reference: Raw) => void, run: Run, depth: number): void {
  if (depth > sectionDepthMax) return
  each(owner, 'section', run, section => {
    for (const path of [['author'], ['focus'], ['entry']]) visit(section, path, check, run)
    sections(section, check, run, depth + 1)
  })
}

function visit(owner: Raw, [name, ...rest]: readonly string[], check: (reference: Raw) => void, run: Run): void {
  each(owner, name!, run, value => (rest.length > 0 ? visit(value, rest, check, run) : check(value)))
}

function each(owner: Raw, name: string, run: Run, use: (value: Raw) => void): void {
  const value = owner[name]
  const { depth } = run.trail
  run.trail.push(`.${name}`)
  if (isObject(value)) use(value)
  else if (Array.isArray(value))
    value.forEach((item, i) => {
      run.trail.push(i)
      if (isObject(item)) use(item)
      run.trail.pop()
    })
  run.trail.cut(depth)
}

function checkReference(value: Raw, fullUrl: string | undefined, index: BundleIndex, run: Run): void {
  const reference = value['reference']
  if (typeof reference !== 'string' || reference.startsWith('#')) return
  const found = index.findAll(reference, fullUrl, run.settings)
  if (found.length === 0) run.error('validator.bundle-not-found', { reference })
  if (found.length > 1) run.error('validator.bundle-ambiguous', { reference })
}
