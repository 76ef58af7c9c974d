// Two texts side by side with what differs between them; long equal stretches are folded.
import { MergeView } from '@codemirror/merge'
import { EditorState } from '@codemirror/state'
import { EditorView, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { looks, type Syntax } from './marks.ts'
import './code.css'

/** What the merge view says between the texts; `$` is the number of lines. */
const phrases = { 'zh-CN': { '$ unchanged lines': '$ 行相同' }, en: {} } as const

export default function DiffView({
  before,
  after,
  syntax,
  label,
}: {
  readonly before: string
  readonly after: string
  readonly syntax: Syntax
  readonly label: string
}) {
  const box = useRef<HTMLDivElement>(null)
  const { i18n } = useTranslation()
  const language = i18n.language === 'en' ? 'en' : 'zh-CN'
  useEffect(() => {
    const extensions = [
      EditorState.readOnly.of(true),
      EditorView.editable.of(false),
      EditorView.lineWrapping,
      lineNumbers(),
      EditorState.phrases.of(phrases[language]),
      looks(syntax),
      EditorView.contentAttributes.of({ 'aria-label': label }),
    ]
    const view = new MergeView({
      parent: box.current!,
      a: { doc: before, extensions },
      b: { doc: after, extensions },
      collapseUnchanged: { margin: 3, minSize: 6 },
      gutter: true,
      highlightChanges: true,
    })
    return () => view.destroy()
  }, [before, after, syntax, label, language])
  return <div className="text-view diff-view" ref={box} />
}
