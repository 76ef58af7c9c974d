// The XHTML of narratives (narrative.html#rules): well formed, only the elements and attributes that carry no behaviour, not empty.

const elements = new Set(
  (
    'div p br span b i em strong small big tt pre code kbd samp var dfn cite abbr acronym q blockquote sub sup ins del address bdo ' +
    'h1 h2 h3 h4 h5 h6 hr ul ol li dl dt dd table caption thead tbody tfoot tr td th colgroup col a img map area'
  ).split(' '),
)

const attributes = new Set(
  (
    'xmlns title style class id lang xml:lang dir accesskey tabindex span width align valign char charoff abbr axis headers scope rowspan colspan ' +
    'cellspacing cellpadding border frame rules summary nowrap bgcolor color name href hreflang rel rev type charset shape coords src alt ' +
    'longdesc height usemap ismap cite datetime compact start value nohref face size'
  ).split(' '),
)

const plainNamespace = ' xmlns="http://www.w3.org/1999/xhtml"'
const hasNamespace = /\sxmlns\s*=\s*(["'])http:\/\/www\.w3\.org\/1999\/xhtml\1/
/** How nearly every narrative begins. */
const plainDiv = `<div${plainNamespace}>`
const depthMax = 200

/** A start tag whose attributes are quoted. Names are ASCII: XHTML has no others. */
const startTag = /<([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y
const attribute = /\s+([\w:.-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g
const entity = /&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|&/g
const visible = /\S/

let last = { div: '', valid: false }

/** Whether a narrative's div keeps the rules that the invariants txt-1 and txt-2 ask for, one after the other on the same text. */
export function isValidNarrative(div: string): boolean {
  if (div !== last.div) last = { div, valid: new NarrativeReader(div).isValid() }
  return last.valid
}

class NarrativeReader {
  readonly #text: string
  readonly #open: string[] = []
  #at = 0
  #hasContent = false

  constructor(text: string) {
    this.#text = text
  }

  isValid(): boolean {
    const text = this.#text
    if (text.startsWith(plainDiv)) {
      this.#at = plainDiv.length
      this.#open.push('div')
    }
    while (this.#at < text.length) {
      const isMarkup = text.charCodeAt(this.#at) === 60
      if (!(isMarkup ? this.#markup() : this.#words())) return false
      if (this.#open.length === 0) return this.#hasContent && !visible.test(text.slice(this.#at))
    }
    return false
  }

  #markup(): boolean {
    const text = this.#text
    if (text.charCodeAt(this.#at + 1) === 47) {
      const end = text.indexOf('>', this.#at)
      const name = text.slice(this.#at + 2, end).trimEnd()
      this.#at = end + 1
      return end > 0 && this.#open.pop() === name
    }
    if (text.startsWith('<!--', this.#at)) {
      const end = text.indexOf('--', this.#at + 4)
      this.#at = end + 3
      return this.#open.length > 0 && end > 0 && text[end + 2] === '>'
    }
    const plain = text.slice(this.#at + 1, text.indexOf('>', this.#at))
    if (elements.has(plain)) {
      this.#at += plain.length + 2
      return this.#start(plain, '', false)
    }
    startTag.lastIndex = this.#at
    const tag = startTag.exec(text)
    if (!tag) return false
    this.#at = startTag.lastIndex
    return this.#start(tag[1]!, tag[2]!, tag[3] === '/')
  }

  #start(name: string, attributesText: string, isClosed: boolean): boolean {
    if (!isAllowed(name, attributesText)) return false
    if (this.#open.length === 0 && (name !== 'div' || isClosed || !hasNamespace.test(attributesText))) return false
    if (name === 'img') this.#hasContent = true
    return isClosed || this.#open.push(name) <= depthMax
  }

  /** Text up to the next tag; the narrative begins with its div. */
  #words(): boolean {
    const end = this.#text.indexOf('<', this.#at)
    const words = end < 0 ? this.#text.slice(this.#at) : this.#text.slice(this.#at, end)
    this.#at += words.length
    this.#hasContent ||= visible.test(words)
    return this.#open.length > 0 && isText(words)
  }
}

function isAllowed(name: string, attributesText: string): boolean {
  if (!elements.has(name)) return false
  if (attributesText === '' || attributesText === plainNamespace) return true
  const seen = new Set<string>()
  for (const [, key, double, single] of attributesText.matchAll(attribute)) {
    const value = double ?? single ?? ''
    if (!attributes.has(key!) || seen.has(key!) || !isText(value)) return false
    if ((key === 'href' || key === 'src') && /^\s*(?:javascript|vbscript|data:text)/i.test(value)) return false
    seen.add(key!)
  }
  return true
}

/** An ampersand begins an entity. */
function isText(text: string): boolean {
  if (!text.includes('&')) return true
  for (const [found] of text.matchAll(entity)) if (found === '&') return false
  return true
}
