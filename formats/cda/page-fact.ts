// One statement of a document as a fact of its page: name, value, time, flag, range, and the facts that belong to it.

import type { CdaCode, CdaEntry } from './model.ts'
import type { DocumentSpec } from './spec.ts'
import { codeText, type DisplayOf, rangeText, timeText, valueText } from './value-text.ts'

export type PageFact = {
  /** Data element. */
  readonly code?: string
  readonly name: string
  /** Undefined when the document says it is not known. */
  readonly value?: string
  readonly time?: string
  readonly flag?: PageFlag
  readonly range?: string
  readonly facts?: readonly PageFact[]
}

/** HL7 interpretation: `H`, `LL`, `A` …, and its words. */
export type PageFlag = { readonly code: string; readonly text?: string }

export type PageWords = {
  /** What the type consists of, for the names of sections and elements. */
  readonly spec?: DocumentSpec
  readonly displayOf?: DisplayOf
}

export function factOf(entry: CdaEntry, words: PageWords): PageFact {
  const value = valueText(entry.value, words.displayOf) ?? (entry.act === 'observation' ? undefined : codeText(entry.code, words.displayOf))
  const time = timeText(entry.time)
  const flag = flagOf(entry.interpretation, words)
  const range = entry.ranges?.flatMap(one => rangeText(one) ?? []).join('；')
  const inner = [
    ...(entry.facts ?? []).map(({ name, text }) => ({ name, value: text })),
    ...(entry.children ?? []).map(one => factOf(one, words)),
  ]
  return {
    ...(entry.code?.code && { code: entry.code.code }),
    name: entry.code?.display ?? entry.code?.code ?? entry.act,
    ...(value !== undefined && { value }),
    ...(time !== undefined && { time }),
    ...(flag && { flag }),
    ...(range && { range }),
    ...(inner.length > 0 && { facts: inner }),
  }
}

export function flagOf(code: CdaCode | undefined, { displayOf }: PageWords): PageFlag | undefined {
  if (!code?.code) return undefined
  const text = codeText(code, displayOf)
  return { code: code.code, ...(text !== undefined && text !== code.code && { text }) }
}
