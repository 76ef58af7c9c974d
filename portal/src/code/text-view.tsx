// A text to look at: long ones too, with marked stretches, and a click that tells where it was. CodeMirror 6, read only.
import { json } from '@codemirror/lang-json'
import { xml } from '@codemirror/lang-xml'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { Compartment, EditorState, type Extension, type Range } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, lineNumbers, MatchDecorator, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { useEffect, useRef } from 'react'
import './code.css'

/** [from, to) in characters of the text. */
export type Mark = { readonly from: number; readonly to: number; readonly className: string; readonly title?: string }

export type Syntax = 'json' | 'xml' | 'hl7v2' | 'plain'

export type TextViewProps = {
  readonly text: string
  readonly syntax: Syntax
  readonly label: string
  readonly marks?: readonly Mark[]
  /** Brought into sight when it changes. */
  readonly reveal?: { readonly from: number; readonly to: number } | undefined
  readonly onPick?: (at: number) => void
  readonly onHover?: (at: number | undefined) => void
}

export default function TextView(props: TextViewProps) {
  const { text, syntax, label, marks = [], reveal } = props
  const box = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const latest = useRef(props)
  latest.current = props
  const marking = useRef(new Compartment())

  useEffect(() => {
    const offsets = new Offsets(text)
    const editor = new EditorView({
      parent: box.current!,
      state: EditorState.create({
        doc: text,
        extensions: [
          readOnly,
          looks(syntax),
          EditorView.contentAttributes.of({ 'aria-label': label }),
          marking.current.of([]),
          pointing(latest, offsets),
        ],
      }),
    })
    view.current = editor
    return () => editor.destroy()
  }, [text, syntax, label])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new text makes a new editor, which must be marked again
  useEffect(() => {
    const offsets = new Offsets(text)
    view.current?.dispatch({ effects: marking.current.reconfigure(EditorView.decorations.of(decorations(marks, offsets))) })
  }, [marks, text, syntax, label])

  useEffect(() => {
    if (!reveal) return
    const offsets = new Offsets(text)
    view.current?.dispatch({ effects: EditorView.scrollIntoView(offsets.toDoc(reveal.from), { y: 'center', yMargin: 40 }) })
  }, [reveal, text])

  return <div className="text-view" ref={box} />
}

const readOnly: Extension = [EditorState.readOnly.of(true), EditorView.editable.of(false), EditorView.lineWrapping, lineNumbers()]

/** The editor counts a line end as one character; CR LF in the text are two. */
class Offsets {
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

function decorations(marks: readonly Mark[], offsets: Offsets): DecorationSet {
  const ranges = marks.flatMap(({ from, to, className, title }): Range<Decoration>[] => {
    const [start, end] = [offsets.toDoc(from), offsets.toDoc(to)]
    return end > start ? [Decoration.mark({ class: className, attributes: title ? { title } : {} }).range(start, end)] : []
  })
  return Decoration.set(ranges, true)
}

function pointing(latest: { readonly current: TextViewProps }, offsets: Offsets): Extension {
  const at = (event: MouseEvent, view: EditorView) => view.posAtCoords({ x: event.clientX, y: event.clientY })
  return EditorView.domEventHandlers({
    click(event, view) {
      const position = at(event, view)
      if (position !== null) latest.current.onPick?.(offsets.toText(position))
    },
    mousemove(event, view) {
      const { onHover } = latest.current
      if (!onHover) return
      const position = at(event, view)
      onHover(position === null ? undefined : offsets.toText(position))
    },
    mouseleave: () => latest.current.onHover?.(undefined),
  })
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
