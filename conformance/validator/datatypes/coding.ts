// Coding and CodeableConcept (datatypes.html#Coding): a system that is one, a code that the system has, the display that belongs to it.
import type { TypeCheck } from '../program/type-program.ts'
import type { Run } from '../walk/run.ts'

export const coding: TypeCheck = (value, run) => {
  const { system, code, display, version } = value
  if (typeof system !== 'string') {
    if (typeof code === 'string') run.warning('validator.system-missing')
    return
  }
  if (!/^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(system)) return run.error('validator.system-relative', { system }, '.system')
  if (run.world.isSupplement(system)) return run.error('validator.system-supplement', { system }, '.system')
  if (typeof code !== 'string' || code === '') return
  const facts = run.world.codes.lookup(system, code, typeof version === 'string' ? version : undefined)
  if (facts.kind === 'unknown-system') return unknownSystem(system, run)
  if (facts.kind === 'unknown-code') {
    if (facts.partial) run.warning('validator.unknown-code-fragment', { system, code })
    else run.error('validator.unknown-code', { system, code }, '.code')
    return
  }
  if (facts.inactive) run.warning('validator.code-inactive', { system, code })
  if (facts.spelling !== undefined) run.hint('validator.code-case', { system, code, expected: facts.spelling })
  if (typeof display !== 'string') return
  const isWrong =
    facts.displays.length > 0 ? !facts.displays.some(known => isSame(known, display)) : (facts.namesAnother?.(display) ?? false)
  if (!isWrong) return
  const expected = facts.displays[0] ?? `${system}#${code}`
  run.say(run.settings.displayErrors ? 'error' : 'warning', 'validator.display-wrong', { code, found: display, expected }, '.display')
}

function unknownSystem(system: string, run: Run): void {
  if (run.world.isValueSet(system)) return run.error('validator.system-value-set', { system })
  if (system.startsWith('https://') && run.world.definitions.find('CodeSystem', system.replace('https:', 'http:')))
    return run.warning('validator.system-https', { system })
  if (/^https?:\/\/(?:www\.)?(?:example\.(?:org|com)|acme\.com)/.test(system) && run.settings.examples) return
  run.warning('validator.system-unknown', { system })
}

/** Case and white space do not make another display. */
function isSame(known: string, display: string): boolean {
  return known === display || plain(known) === plain(display)
}

function plain(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim()
}
