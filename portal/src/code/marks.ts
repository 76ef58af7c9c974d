// What text views and the editor share: marked stretches, places counted in the text or in the document, colours of the syntaxes.
import { json } from '@codemirror/lang-json'
import { xml } from '@codemirror/lang-xml'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import type { Extension, Range } from '@codemirror/state'
import { Decoration, type DecorationSet, MatchDecorator, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** [from, to) in characters of the text. */
export type Mark = { readonly from: number; readonly to: number; readonly className: string; readonly title?: string }

export type Syntax = 'json' | 'xml' | 'hl7v2' | 'plain'

/** The editor counts a line end as one character; CR LF in the text are two. */
export class Offsets {
  readonly #pairs: number[] = []
  readonly length: number
  constructor(text: string) {
    for (let at = text.indexOf('\r\n'); at >= 0; at = text.indexOf('\r\n', at + 2)) this.#pairs.push(at)
    this.length = text.length - this.#pairs.length
  }
  toDoc(at: number): number {
    return Math.max(0, Math.min(this.length, at - this.#pairs.filter(pair => pair < at - 1).length))
  }
  toText(position: number): number {
    return this.#pairs.reduce((at, pair) => (pair < at ? at + 1 : at), position)
  }
}

export function decorations(marks: readonly Mark[], offsets: Offsets): DecorationSet {
  const ranges = marks.flatMap(({ from, to, className, title }): Range<Decoration>[] => {
    const [start, end] = [offsets.toDoc(from), offsets.toDoc(to)]
    return end > start ? [Decoration.mark({ class: className, attributes: title ? { title } : {} }).range(start, end)] : []
  })
  return Decoration.set(ranges, true)
}

const jsonLooks = HighlightStyle.define([
  { tag: tags.propertyName, color: '#14508c' },
  { tag: tags.string, color: '#1f6b45' },
  { tag: tags.number, color: '#9a4b00' },
  { tag: [tags.bool, tags.null], color: '#8a1f6a' },
  { tag: tags.tagName, color: '#14508c' },
  { tag: tags.attributeName, color: '#6b4fa0' },
  { tag: tags.attributeValue, color: '#1f6b45' },
  { tag: tags.comment, color: '#7b8794' },
])

export function looks(syntax: Syntax): Extension {
  if (syntax === 'json') return [json(), syntaxHighlighting(jsonLooks)]
  if (syntax === 'xml') return [xml(), syntaxHighlighting(jsonLooks)]
  return syntax === 'hl7v2' ? [matching(/^[A-Z][A-Z0-9]{2}(?=\W)/g, 'hl7-segment'), matching(/[|^~&]/g, 'hl7-delimiter')] : []
}

function matching(regexp: RegExp, className: string): Extension {
  const matcher = new MatchDecorator({ regexp, decoration: Decoration.mark({ class: className }) })
  return ViewPlugin.define(
    view => ({
      decorations: matcher.createDeco(view),
      update(this: { decorations: DecorationSet }, update: ViewUpdate) {
        this.decorations = matcher.updateDeco(update, this.decorations)
      },
    }),
    { decorations: plugin => plugin.decorations },
  )
}
