// Numbers and telephones of a Patient, masked until somebody says why they must be seen; the look at them is an audit entry of its own.
import { fault } from '#kernel/fault.ts'
import type { JsonObject } from '#kernel/json.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { Call } from '#platform/http/route.ts'
import { boolean, list, object as shape, string } from '#platform/http/schema.ts'
import { hasRight } from '#platform/security/rights.ts'
import { type ChartTools, noteChart, openChart } from './chart.ts'
import { codesOf, conceptText, nameText, objects, text, texts } from './element.ts'
import { isPersonal, maskNumber } from './mask.ts'

export const revealedSchema = shape({
  identifiers: list(shape({ label: string, system: string, value: string, masked: boolean })),
  phones: list(shape({ use: string, value: string, masked: boolean })),
  addresses: list(string),
  contacts: list(shape({ name: string, relation: string, phone: string })),
})

/** `label` is the identifier's type: a code of table 0203 that the page translates, or its words. */
export function identifiersOf(patient: JsonObject, plain: boolean) {
  return objects(patient['identifier']).map(identifier => {
    const masked = !plain && isPersonal(identifier)
    const value = text(identifier['value'])
    return {
      label: codesOf(identifier['type'])[0]?.code ?? conceptText(identifier['type']),
      system: text(identifier['system']),
      value: masked ? maskNumber(value) : value,
      masked,
    }
  })
}

export function phonesOf(patient: JsonObject, plain: boolean) {
  return objects(patient['telecom']).map(contact => ({
    use: text(contact['use']),
    value: plain ? text(contact['value']) : maskNumber(text(contact['value'])),
    masked: !plain,
  }))
}

/** Clinicians and those who review identities may ask; each must say why. */
export async function reveal(call: Call, tools: ChartTools): Promise<Result<unknown>> {
  if (!hasRight(call.principal, 'patients.read') && !hasRight(call.principal, 'identity.review'))
    return failed(fault('auth.scope', { args: { scope: 'patients.read' } }))
  const opened = await openChart(call, tools, 'identifiers')
  if (!opened.ok) return opened
  const { patient, tenant, id } = opened.value
  const noted = noteChart(call, tools, tenant, id, 'reveal', (call.body as { reason: string }).reason)
  if (!noted.ok) return noted
  return ok({
    identifiers: identifiersOf(patient, true),
    phones: phonesOf(patient, true),
    addresses: objects(patient['address']).map(addressText),
    contacts: objects(patient['contact']).map(contact => ({
      name: nameText(objects(contact['name'])[0]),
      relation: conceptText(contact['relationship']),
      phone: text(objects(contact['telecom'])[0]?.['value']),
    })),
  })
}

function addressText(address: JsonObject): string {
  const largestFirst = ['state', 'city', 'district'].map(member => text(address[member]))
  return text(address['text']) || [...largestFirst, ...texts(address['line']).reverse()].filter(Boolean).join('')
}
