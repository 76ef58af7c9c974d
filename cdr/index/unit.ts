// Units of measure (UCUM) as factors of base units, so that 5.4 mg is found as 0.0054 g.
import { parseUnit, printTerms } from '#formats/fhir/ucum/unit.ts'

export type Canonical = {
  /** One unit is this many base ones. */
  readonly factor: number
  /** Base units with exponents, `g.m-3`; `1` for a pure number. */
  readonly unit: string
}

const known = new Map<string, Canonical | undefined>()
const knownUnitsMax = 5_000

/** Undefined for what is not UCUM, or not on a ratio scale (Cel, [pH]). */
export function canonicalUnit(code: string): Canonical | undefined {
  if (known.has(code)) return known.get(code)
  const unit = parseUnit(code)
  const ratio = unit && !unit.isSpecial
  const canonical = ratio ? { factor: Number(unit.numerator) / Number(unit.denominator), unit: printTerms(unit.dimension) } : undefined
  if (known.size >= knownUnitsMax) known.clear()
  known.set(code, canonical && Number.isFinite(canonical.factor) ? canonical : undefined)
  return known.get(code)
}

/** A value in base units, rounded so that equal amounts written in different units are equal doubles. */
export function convert(value: number, canonical: Canonical): number {
  return Number((value * canonical.factor).toPrecision(12))
}
