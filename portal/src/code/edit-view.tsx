// A text to write or paste, with marked stretches; the same looks as the views. Undo is kept here: whole texts, a few dozen of them.
import { Compartment, EditorState } from '@codemirror/state'
import { EditorView, keymap, lineNumbers, placeholder } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import './code.css'
import { decorations, looks, type Mark, Offsets, type Syntax } from './marks.ts'

const undoStepsMax = 50
/** Letters typed closer together are one step of undo, ms. */
const undoPauseMs = 700

export type EditViewProps = {
  readonly text: string
  readonly syntax: Syntax
  readonly label: string
  readonly hint: string
  readonly marks?: readonly Mark[]
  readonly reveal?: { readonly from: number; readonly to: number } | undefined
  readonly onChange: (text: string) => void
  readonly onFile?: (file: File) => void
}

export default function EditView(props: EditViewProps) {
  const { text, syntax, label, hint, marks = [], reveal } = props
  const box = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const latest = useRef(props)
  latest.current = props
  const parts = useRef({ marking: new Compartment(), syntax: new Compartment(), words: new Compartment() })

  useEffect(() => {
    const { marking, syntax: colours, words } = parts.current
    const editor = new EditorView({
      parent: box.current!,
      state: EditorState.create({
        doc: latest.current.text,
        extensions: [
          EditorView.lineWrapping,
          lineNumbers(),
          history(),
          EditorView.updateListener.of(update => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString())
          }),
          EditorView.domEventHandlers({ drop: event => takeFile(event, latest.current.onFile) }),
          marking.of([]),
          colours.of([]),
          words.of([]),
        ],
      }),
    })
    view.current = editor
    return () => editor.destroy()
  }, [])

  useEffect(() => {
    const editor = view.current!
    const now = editor.state.doc.toString()
    if (now !== text.replace(/\r\n?/g, '\n')) editor.dispatch({ changes: { from: 0, to: now.length, insert: text } })
  }, [text])

  useEffect(() => {
    const { syntax: colours, words } = parts.current
    view.current!.dispatch({
      effects: [
        colours.reconfigure(looks(syntax)),
        words.reconfigure([EditorView.contentAttributes.of({ 'aria-label': label }), placeholder(hint)]),
      ],
    })
  }, [syntax, label, hint])

  useEffect(() => {
    const editor = view.current!
    const offsets = new Offsets(editor.state.doc.toString())
    editor.dispatch({ effects: parts.current.marking.reconfigure(EditorView.decorations.of(decorations(marks, offsets))) })
  }, [marks])

  useEffect(() => {
    const editor = view.current!
    if (!reveal || reveal.to > editor.state.doc.length) return
    editor.dispatch({ effects: EditorView.scrollIntoView(reveal.from, { y: 'center', yMargin: 40 }) })
  }, [reveal])

  return <div className="text-view edit-view" ref={box} />
}

function takeFile(event: DragEvent, onFile: EditViewProps['onFile']): boolean {
  const file = event.dataTransfer?.files[0]
  if (!file || !onFile) return false
  event.preventDefault()
  onFile(file)
  return true
}

/** Enter, undo and redo; everything else is the browser's own editing. */
function history() {
  const before: string[] = []
  const after: string[] = []
  let at = 0
  let own = false
  const go = (editor: EditorView, from: string[], to: string[]) => {
    const text = from.pop()
    if (text === undefined) return true
    to.push(editor.state.doc.toString())
    own = true
    editor.dispatch({
      changes: { from: 0, to: editor.state.doc.length, insert: text },
      selection: { anchor: Math.min(text.length, editor.state.selection.main.head) },
    })
    own = false
    return true
  }
  return [
    EditorView.updateListener.of(update => {
      if (!update.docChanged || own) return
      const now = performance.now()
      if (now - at > undoPauseMs || before.length === 0) before.push(update.startState.doc.toString())
      if (before.length > undoStepsMax) before.shift()
      after.length = 0
      at = now
    }),
    keymap.of([
      {
        key: 'Enter',
        run: editor => {
          editor.dispatch(editor.state.replaceSelection(editor.state.lineBreak), { scrollIntoView: true })
          return true
        },
      },
      { key: 'Mod-z', run: editor => go(editor, before, after), preventDefault: true },
      { key: 'Mod-y', mac: 'Mod-Shift-z', run: editor => go(editor, after, before), preventDefault: true },
    ]),
  ]
}
