// Times and intervals of a document: well formed, days of the calendar, the right way round (formats D8 and DT15 of WS 363).
import { attribute, child } from '#formats/cda/elements.ts'
import { isCdaTime } from '#formats/cda/time.ts'
import { isEmptyWord } from '#formats/cda/tolerance.ts'
import type { XmlElement } from '#formats/xml/model.ts'
import { type Inspection, shown } from '../inspection.ts'

/** A TS in `@value`; absent is not wrong here. True when there is one and it is good. */
export function checkTime(inspection: Inspection, time: XmlElement): boolean {
  const value = attribute(time, 'value')
  if (value === undefined) return false
  if (isCdaTime(value)) return true
  if (isEmptyWord(value)) inspection.warning('document.empty-word', time, { found: value }, 'value')
  else inspection.error('document.time-invalid', time, { found: shown(value) }, 'value')
  return false
}

/** An effectiveTime: a moment, or an interval. */
export function checkInterval(inspection: Inspection, time: XmlElement | undefined): void {
  if (!time) return
  checkTime(inspection, time)
  const low = child(time, 'low')
  const high = child(time, 'high')
  const good = [low, high].map(end => end !== undefined && checkTime(inspection, end))
  if (!low || !high || !good.every(Boolean)) return
  const ends = { low: attribute(low, 'value')!, high: attribute(high, 'value')! }
  const length = Math.min(ends.low.length, ends.high.length)
  if (ends.low.slice(0, length) > ends.high.slice(0, length)) inspection.error('document.interval-reversed', time, ends)
}
