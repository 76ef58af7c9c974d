// Text of primitive types: string, markdown, code, id, base64Binary, xhtml (datatypes.html#string and after).
import type { TextCheck } from '../program/primitive.ts'

const textLengthMax = 1024 * 1024

const controls = /[\x00-\x08\x0b\x0c\x0e-\x1f]/
const bidi = /[\u202a-\u202e\u2066-\u2069]/
const tag = /<\/?[a-zA-Z][^<>]*>/

const text: TextCheck = (value, run) => {
  if (value.length > textLengthMax) run.error('validator.max-length', { length: value.length, max: textLengthMax })
  const control = controls.exec(value)
  if (control) run.error('validator.control-characters', { found: `U+${control[0].charCodeAt(0).toString(16).padStart(4, '0')}` })
  if (bidi.test(value) && !isBalanced(value)) run.error('validator.bidi-characters')
}

const string: TextCheck = (value, run) => {
  text(value, run)
  if (value.trim() === '') run.error('validator.white-space-only')
  if (value.includes('<') && tag.test(value)) run.say(run.settings.security ? 'error' : 'information', 'validator.html-in-text')
}

const markdown: TextCheck = (value, run) => {
  text(value, run)
  const { markdownHtml } = run.settings
  if (markdownHtml === 'ignore' || !value.includes('<')) return
  const found = tag.exec(withoutCode(value))
  if (found) run.say(markdownHtml, 'validator.markdown-html', { found: found[0] })
}

const code: TextCheck = (value, run) => {
  text(value, run)
  if (value.trim() !== value || /[\t\n\r]|\s\s/.test(value)) run.error('validator.code-format', { found: value })
}

const id: TextCheck = (value, run) => {
  if (value.length > 64) run.error('validator.id-too-long', { length: value.length })
  else if (!/^[A-Za-z0-9\-.]+$/.test(value)) run.error('validator.id-format', { found: value })
}

const base64Binary: TextCheck = (value, run) => {
  const compact = /\s/.test(value) ? value.replace(/\s/g, '') : value
  if (compact.length !== value.length) run.warning('validator.base64-white-space')
  if (compact.length % 4 !== 0 || !/^[0-9A-Za-z+/]*={0,2}$/.test(compact)) run.error('validator.base64', { found: value.slice(0, 60) })
}

/** Its rules are txt-1 and txt-2 of Narrative, and `datatypes/narrative.ts`. */
const xhtml: TextCheck = () => undefined

export const textChecks: Readonly<Record<string, TextCheck>> = { string, markdown, code, id, base64Binary, xhtml }

/** Embeddings and isolates are closed in the order they were opened (Unicode annex 9). */
function isBalanced(value: string): boolean {
  const open: string[] = []
  for (const character of value) {
    if (/[\u202a\u202b\u202d\u202e]/.test(character)) open.push('\u202c')
    else if (/[\u2066-\u2068]/.test(character)) open.push('\u2069')
    else if ((character === '\u202c' || character === '\u2069') && open.pop() !== character) return false
  }
  return open.length === 0
}

/** Markdown without its code spans and blocks, where HTML is only text. */
function withoutCode(value: string): string {
  return value.replace(/```[\s\S]*?```|`[^`\n]*`|\\</g, '')
}
