// Data types of CDA out of XML, as tolerant as foreign documents need: what is not there or empty is absent.
import { textOf, type XmlElement } from '../xml/model.ts'
import { attribute, child, typeOf } from './elements.ts'
import type { CdaBound, CdaCode, CdaId, CdaRange, CdaTime, CdaValue } from './model.ts'

/** Undefined when the element is absent or says nothing at all, like the other readers here. */
export function readId(id: XmlElement | undefined): CdaId | undefined {
  return stated({ root: attribute(id, 'root'), extension: attribute(id, 'extension'), nullFlavor: attribute(id, 'nullFlavor') })
}

export function readCode(code: XmlElement | undefined): CdaCode | undefined {
  return stated({
    code: attribute(code, 'code'),
    system: attribute(code, 'codeSystem'),
    systemName: attribute(code, 'codeSystemName'),
    display: attribute(code, 'displayName'),
    original: readText(child(code, 'originalText')),
    nullFlavor: attribute(code, 'nullFlavor'),
  })
}

export function readTime(time: XmlElement | undefined): CdaTime | undefined {
  return stated({
    value: attribute(time, 'value'),
    low: attribute(child(time, 'low'), 'value'),
    high: attribute(child(time, 'high'), 'value'),
    nullFlavor: attribute(time, 'nullFlavor'),
  })
}

/** The words of an element, white space at both ends taken off. */
export function readText(element: XmlElement | undefined): string | undefined {
  const text = element && textOf(element).trim()
  return text === '' ? undefined : text
}

export function readValue(value: XmlElement | undefined): CdaValue | undefined {
  if (!value) return undefined
  const type = typeOf(value) ?? ''
  const nullFlavor = attribute(value, 'nullFlavor')
  const low = readBound(child(value, 'low'))
  const high = readBound(child(value, 'high'))
  const code =
    attribute(value, 'code') !== undefined || attribute(value, 'codeSystem') !== undefined || child(value, 'originalText')
      ? readCode(value)
      : undefined
  return stated({
    type,
    text: code ? undefined : readText(value),
    value: attribute(value, 'value'),
    unit: attribute(value, 'unit') ?? attribute(value, 'currency'),
    code,
    low,
    high,
    nullFlavor,
  })
}

export function readRange(range: XmlElement): CdaRange | undefined {
  const observed = child(range, 'observationRange')
  const limits = child(observed, 'value')
  const text = readText(child(observed, 'text')) ?? (limits && typeOf(limits) === 'ST' ? readText(limits) : undefined)
  return stated({ text, low: readBound(child(limits, 'low')), high: readBound(child(limits, 'high')) })
}

function readBound(bound: XmlElement | undefined): CdaBound | undefined {
  const value = attribute(bound, 'value')
  return value === undefined ? undefined : stated({ value, unit: attribute(bound, 'unit') })
}

/** Members without a value left out; undefined when none is left. */
export function stated<T extends object>(members: { [K in keyof T]: T[K] | undefined }): T | undefined {
  let any = false
  for (const name in members) {
    if (members[name] === undefined) delete members[name]
    else any = true
  }
  return any ? (members as T) : undefined
}
