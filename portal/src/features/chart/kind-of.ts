// What a kind of examination or test is called by those who order it (HL7 table 0074 and DICOM modalities).
import { hasTerm, termOf } from '../../i18n/index.ts'

/** Said only when nothing closer is known. */
const broad: ReadonlySet<string> = new Set(['LAB', 'OTH', 'RAD'])

/** The closest of the codes that has a word; at worst a code itself. */
export function kindOf(codes: readonly string[]): string {
  const named = codes.filter(code => hasTerm('chart.report.kinds', code))
  const closest = named.find(code => !broad.has(code)) ?? named[0] ?? codes[0] ?? ''
  return termOf('chart.report.kinds', closest)
}
