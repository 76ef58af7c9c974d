// The shared documents of the house: definitions in documents/*.yaml made into writers, and what every type consists of for checks and pages.
import { fileURLToPath } from 'node:url'
import type { DocumentSpec, ElementSpec, SectionSpec } from '#formats/cda/spec.ts'
import type { DocumentWriter } from '#kernel/ports/documents.ts'
import { ok, type Result } from '#kernel/result.ts'
import { type PlanFiles, planFilesIn } from '../load-plans.ts'
import { documentCatalogue } from './catalogue.ts'
import type { Definition, EntryDefinition, SectionDefinition } from './language/definition.ts'
import { loadDefinitions } from './language/load-definitions.ts'
import { documentWriter, type WriterTools } from './writer.ts'

export type Documents = {
  /** One writer per definition. */
  readonly writers: readonly DocumentWriter[]
  /** Every type of the catalogue and of the definitions, by code. */
  readonly specs: ReadonlyMap<string, DocumentSpec>
}

/** `files` are definitions beside those of the house (file name → YAML). Faults `plan.syntax`, `plan.rule-invalid` with every finding as cause. */
export function openDocuments(tools: WriterTools, files: PlanFiles = new Map()): Result<Documents> {
  const own = planFilesIn(fileURLToPath(new URL('./documents/', import.meta.url)))
  const catalogue = documentCatalogue()
  const definitions = loadDefinitions(new Map([...own, ...files]), catalogue, tools.codes)
  if (!definitions.ok) return definitions
  const specs = new Map(catalogue)
  for (const definition of definitions.value.values()) specs.set(definition.code, specOf(definition, catalogue.get(definition.code)))
  return ok({ writers: [...definitions.value.values()].map(definition => documentWriter(definition, tools)), specs })
}

/** What the catalogue says of a type, with what its definition adds: all of it for a type that the catalogue does not have. */
function specOf(definition: Definition, known: DocumentSpec | undefined): DocumentSpec {
  const { code, title, otherTitles, templateRoot, header } = definition
  const sections = definition.sections.map(section => sectionSpecOf(section))
  if (!known) {
    const parts = [
      'author',
      'custodian',
      ...(header.legalAuthenticator ? ['legalAuthenticator'] : []),
      ...(header.encounter ? ['componentOf'] : []),
    ]
    return { code, title, otherTitles, templateRoot, header: parts, patientIds: header.ids.map(id => id.root), sections }
  }
  return {
    ...known,
    sections: known.sections.map(section => {
      const own = sections.find(one => one.name === section.name)
      return own ? { ...section, elements: section.elements.map(element => ({ ...element, required: requiredIn(own, element) })) } : section
    }),
  }
}

function requiredIn(section: SectionSpec, { code }: ElementSpec): boolean {
  return section.elements.some(element => element.code === code && element.required)
}

function sectionSpecOf({ code, display, name, entries }: SectionDefinition): SectionSpec {
  return { ...(code !== undefined && { code }), display, name, elements: entries.flatMap(entry => elementSpecs(entry, true)) }
}

/** What a definition writes in any case (a null flavour where nothing is known) is required; what depends on a condition is not. */
function elementSpecs(entry: EntryDefinition, always: boolean): ElementSpec[] {
  const { element, value, children, when, missing } = entry
  const own: ElementSpec[] = element
    ? [
        {
          ...element,
          ...(value && { type: value.type }),
          ...(value?.type === 'CD' && value.system !== undefined && { system: value.system }),
          confirmed: true,
          required: always && !when && missing !== undefined,
        },
      ]
    : []
  return [...own, ...children.flatMap(child => elementSpecs(child, false))]
}
