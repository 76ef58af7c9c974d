// Where a rule writes: `birthDate`, `type.coding.code`, `name[+]`, `extension(patient-religion).valueCodeableConcept`, `$value`.
import { failed, ok, type Result } from '#kernel/result.ts'

export type TargetStep = {
  readonly name: string
  /** `append` makes a new item; `first` (unstated) is the first item of a repeating element, or the element itself. */
  readonly item: 'append' | 'first'
  /** For `extension(…)` and `modifierExtension(…)`: its canonical URL. */
  readonly url?: string
}

/** Empty for `$value`: the whole of a primitive. */
export type TargetPath = readonly TargetStep[]

const stepForm = /(\w+)(?:\(([^()\s]+)\))?(\[\+\])?(?:\.|$)/y

export function parseTargetPath(text: string): Result<TargetPath, string> {
  if (text === '$value') return ok([])
  const steps: TargetStep[] = []
  stepForm.lastIndex = 0
  while (stepForm.lastIndex < text.length) {
    const match = stepForm.exec(text)
    if (!match) return failed(`\`${text}\` is no element path`)
    const [, name, url, append] = match
    steps.push({ name: name!, item: append ? 'append' : 'first', ...(url === undefined ? {} : { url: extensionUrl(url) }) })
  }
  if (steps.length === 0 || text.endsWith('.')) return failed(`\`${text}\` is no element path`)
  if (steps.slice(0, -1).some(step => step.item === 'append')) return failed(`\`${text}\`: [+] stands last; use \`set\` for what is inside`)
  return ok(steps)
}

/** Extensions of the FHIR core are named without their root. */
function extensionUrl(text: string): string {
  return text.includes('/') || text.includes(':') || !text.includes('-') ? text : `http://hl7.org/fhir/StructureDefinition/${text}`
}
