// A text to look at: long ones too, with marked stretches, and a click that tells where it was. CodeMirror 6, read only.
import { Compartment, EditorState, type Extension } from '@codemirror/state'
import { EditorView, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import './code.css'
import { decorations, looks, type Mark, Offsets, type Syntax } from './marks.ts'

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
