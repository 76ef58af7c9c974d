// Extension (extensibility.html, defining-extensions.html): known by its url, used where its definition allows, with the value that it defines.
import { compile } from '#formats/fhir/fhirpath/expression.ts'
import type { ExtensionContext, Raw, StructureDefinition } from '../definitions/definition.ts'
import type { TypeCheck } from '../program/type-program.ts'
import type { Run } from '../walk/run.ts'

export const extension: TypeCheck = (value, run) => {
  const url = value['url']
  if (typeof url !== 'string' || url === '') return
  const outer = run.owners.at(-2)
  const isPart =
    outer !== undefined && typeof outer['url'] === 'string' && Array.isArray(outer['extension']) && outer['extension'].includes(value)
  const isAbsolute = /^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(url)
  if (!isAbsolute) {
    if (!isPart) run.error('validator.extension-relative', { url })
    else checkPart(url, String(outer['url']), run)
    return
  }
  const program = run.world.profiles.find(url)
  if (program?.definition.type !== 'Extension') return unknown(url, run)
  checkPlace(url, program.definition, program.tree.root.rules.isModifier ?? false, outer, run)
  program.applyTo(value, run.world.extensionType, run)
}

/** The parts of an extension are those that its definition names, if it names any. */
function checkPart(url: string, outerUrl: string, run: Run): void {
  const parts = run.world.profiles.find(outerUrl)?.tree.root.children.get('extension')
  if (!parts || parts.slices.size === 0 || parts.slicing?.rules === 'closed') return
  const names = [...parts.slices.values()].map(
    slice => (slice.children.get('url')?.rules as Raw | undefined)?.['fixedUri'] ?? slice.sliceName,
  )
  if (!names.includes(url)) run.error('validator.extension-part', { profile: outerUrl, url })
}

function unknown(url: string, run: Run): void {
  if (url.includes('|')) return run.error('validator.extension-version', { url })
  const { extensionDomains, unknownExtensions, examples } = run.settings
  if (extensionDomains.some(domain => url.startsWith(domain))) return
  if (examples && /^https?:\/\/(?:[\w.]+\.)?(?:example\.org|acme\.com)\b/.test(url)) return
  const isModifier = run.trail.lastName() === 'modifierExtension'
  const isRefused = (!unknownExtensions && !url.startsWith(publishedSince)) || isModifier
  if (isRefused) run.error('validator.extension-not-allowed', { url })
  else run.hint('validator.extension-unknown', { url })
}

/** HL7 goes on publishing extensions for R4 after R4: one that is not known here may exist. */
const publishedSince = 'http://hl7.org/fhir/'

function checkPlace(url: string, definition: StructureDefinition, isModifier: boolean, outer: Raw | undefined, run: Run): void {
  const inModifiers = run.trail.lastName() === 'modifierExtension'
  if (inModifiers && !isModifier) run.error('validator.extension-no-modifier', { url })
  if (!inModifiers && isModifier) run.error('validator.extension-modifier', { url })
  const contexts = definition.context ?? []
  if (contexts.length === 0) return
  const names = run.trail.contextNames(run.world.model, String(run.scope.resource['resourceType']))
  if (!contexts.some(context => isIn(context, names, outer, run)))
    run.error('validator.extension-context', { url, contexts: contexts.map(one => one.expression).join(', ') })
}

/** Contexts that every element meets; the reference validator takes `Element` for resources too, as R4's own use of its extensions does. */
const anywhere = new Set(['*', 'Any', 'Element', 'Base'])

/** Resources with a canonical URL (R5's CanonicalResource and MetadataResource, which definitions for R4 name as well). */
const canonicalContext = /^(?:CanonicalResource|MetadataResource)(?:\.|$)/

function isIn({ type, expression }: ExtensionContext, names: ReadonlySet<string>, outer: Raw | undefined, run: Run): boolean {
  if (type === 'extension') return outer?.['url'] === expression
  if (type !== 'fhirpath') {
    if (anywhere.has(expression) || names.has(expression.replace('[x]', ''))) return true
    const own = String(run.scope.resource['resourceType'])
    return (
      canonicalContext.test(expression) && run.world.model.element(own, 'url') !== undefined && names.has(expression.replace(/^\w+/, own))
    )
  }
  const compiled = compile(expression)
  if (!compiled.ok) return true
  const result = compiled.value.run(run.scope.resource, {})
  return !result.ok || result.value.values.length > 0
}
