// Clinical statements out of XML: any kind of act, its components and entryRelationships as children, whatever else it says as facts.
import type { XmlElement } from '../xml/model.ts'
import { attribute, child, children } from './elements.ts'
import { entryDepthMax } from './limits.ts'
import type { CdaEntry, CdaFact, CdaParticipation, CdaSpecimen } from './model.ts'
import { readCode, readId, readRange, readText, readTime, readValue, stated } from './read-value.ts'
import { actNames } from './vocabulary.ts'

/** The acts that an `entry`, a `component` or an `entryRelationship` holds. */
export function readEntries(holder: XmlElement, depth = 1): CdaEntry[] {
  return depth > entryDepthMax ? [] : actsIn(holder).map(act => readEntry(act, depth))
}

export function actsIn(holder: XmlElement): XmlElement[] {
  return holder.children.filter((node): node is XmlElement => node.kind === 'element' && actNames.has(node.name))
}

/** The elements that hold the children of an act, in document order. */
export function holdersIn(act: XmlElement): XmlElement[] {
  return act.children.filter(
    (node): node is XmlElement => node.kind === 'element' && (node.name === 'entryRelationship' || node.name === 'component'),
  )
}

function readEntry(act: XmlElement, depth: number): CdaEntry {
  const related = holdersIn(act).flatMap(holder => readEntries(holder, depth + 1))
  const ranges = children(act, 'referenceRange').flatMap(range => readRange(range) ?? [])
  const facts = plainActs.has(act.name) ? [] : factsOf(act)
  const specimen = readSpecimen(child(act, 'specimen', 'specimenRole'))
  const performer = readPerformer(child(act, 'performer'))
  return {
    act: act.name,
    classCode: attribute(act, 'classCode') ?? '',
    ...stated<Partial<CdaEntry>>({
      code: readCode(child(act, 'code')),
      status: attribute(child(act, 'statusCode'), 'code'),
      time: readTime(child(act, 'effectiveTime')),
      value: readValue(child(act, 'value')),
      interpretation: readCode(child(act, 'interpretationCode')),
      specimen,
      performer,
      ranges: ranges.length > 0 ? ranges : undefined,
      children: related.length > 0 ? related : undefined,
      facts: facts.length > 0 ? facts : undefined,
    }),
  }
}

const plainActs: ReadonlySet<string> = new Set(['observation', 'organizer'])

function readSpecimen(role: XmlElement | undefined): CdaSpecimen | undefined {
  return role && stated<CdaSpecimen>({ id: readId(child(role, 'id')), type: readCode(child(role, 'specimenPlayingEntity', 'code')) })
}

function readPerformer(performer: XmlElement | undefined): CdaParticipation | undefined {
  const entity = child(performer, 'assignedEntity')
  const organization = child(entity, 'representedOrganization')
  const id = readId(child(entity, 'id'))
  return stated<CdaParticipation>({
    time: readTime(child(performer, 'time')),
    id: id?.extension === undefined ? undefined : id,
    name: readText(child(entity, 'assignedPerson', 'name')),
    organization:
      organization && stated({ id: readId(child(organization, 'id')), name: readText(child(organization, 'name')), within: undefined }),
  })
}

const readApart: ReadonlySet<string> = new Set([
  ...['code', 'statusCode', 'effectiveTime', 'value', 'interpretationCode', 'specimen', 'performer', 'referenceRange'],
  ...['entryRelationship', 'component', 'id', 'templateId', 'text'],
])
const factsMax = 40

/** Route, dose, product and the like: each element that says something by a code, a number with unit, or words. */
function factsOf(act: XmlElement): CdaFact[] {
  const facts: CdaFact[] = []
  const open = act.children.filter((node): node is XmlElement => node.kind === 'element' && !readApart.has(node.name)).reverse()
  for (let next = open.pop(); next && facts.length < factsMax; next = open.pop()) {
    const text = factText(next)
    if (text !== undefined) facts.push({ name: next.name, text })
    for (const inner of next.children.toReversed()) if (inner.kind === 'element') open.push(inner)
  }
  return facts
}

function factText(element: XmlElement): string | undefined {
  const code = readCode(element)
  if (code?.display ?? code?.code) return code?.display ?? code?.code
  const number = attribute(element, 'value')
  if (number !== undefined) return [number, attribute(element, 'unit')].filter(part => part !== undefined).join(' ')
  const own = element.children.some(node => node.kind === 'element') ? undefined : readText(element)
  return own ?? attribute(element, 'extension')
}
