// Clinical statements as XML: observations, procedures and organizers with what belongs to them, children in the order of the CDA schema.
import type { XmlElement } from '../xml/model.ts'
import { element, optional, typedElement } from './elements.ts'
import type { CdaEntry, CdaParticipation, CdaRange, CdaSpecimen } from './model.ts'
import { writeBounds, writeCode, writeId, writeTime, writeValue } from './write-value.ts'

export function writeEntry(entry: CdaEntry): XmlElement {
  const parts = [
    optional(entry.code, code => writeCode('code', code)),
    optional(entry.status, code => element('statusCode', { code })),
    optional(entry.time, time => writeTime('effectiveTime', time)),
    optional(entry.value, value => writeValue('value', value)),
    optional(entry.interpretation, code => writeCode('interpretationCode', code)),
    optional(entry.specimen, writeSpecimen),
    optional(entry.performer, writePerformer),
  ]
  const related = (entry.children ?? []).map(child => writeChild(entry, child))
  const ranges = (entry.ranges ?? []).map(writeRange)
  return element(entry.act, { classCode: entry.classCode, moodCode: 'EVN' }, ...parts, ...related, ...ranges)
}

function writeChild({ act }: CdaEntry, child: CdaEntry): XmlElement {
  return act === 'organizer'
    ? element('component', {}, writeEntry(child))
    : element('entryRelationship', { typeCode: 'COMP' }, writeEntry(child))
}

function writeSpecimen({ id, type }: CdaSpecimen): XmlElement {
  const entity = optional(type, code => element('specimenPlayingEntity', {}, writeCode('code', code)))
  return element('specimen', { typeCode: 'SPC' }, element('specimenRole', { classCode: 'SPEC' }, optional(id, writeId), entity))
}

function writePerformer({ time, id, name, organization }: CdaParticipation): XmlElement {
  const entity = element(
    'assignedEntity',
    {},
    writeId(id ?? { nullFlavor: 'UNK' }),
    optional(name, text => element('assignedPerson', {}, element('name', {}, text))),
    optional(organization, ({ id: number, name: text }) =>
      element(
        'representedOrganization',
        {},
        optional(number, writeId),
        optional(text, words => element('name', {}, words)),
      ),
    ),
  )
  return element(
    'performer',
    {},
    optional(time, at => writeTime('time', at)),
    entity,
  )
}

/** The range as it was printed, and its limits where they are numbers. */
function writeRange({ text, low, high }: CdaRange): XmlElement {
  const limits = low || high ? typedElement('value', 'IVL_PQ', {}, ...writeBounds({ low, high })) : undefined
  return element(
    'referenceRange',
    {},
    element(
      'observationRange',
      {},
      optional(text, printed => element('text', {}, printed)),
      limits,
    ),
  )
}
