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

const xhtmlNamespace = 'http://www.w3.org/1999/xhtml'
const depthMax = 200

/** One piece of markup or text. Names are ASCII: XHTML has no others. */
const piece =
  /<!--(?:(?!--)[\s\S])*-->|<\/([A-Za-z][\w:.-]*)\s*>|<([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[^<]+/y
const attribute = /\s+([\w:.-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g
const entity = /&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|&/g

/** Whether a narrative's div keeps the rules that the invariants txt-1 and txt-2 ask for. */
export function isValidNarrative(div: string): boolean {
  const open: string[] = []
  let hasContent = false
  let at = 0
  while (at < div.length) {
    piece.lastIndex = at
    const match = piece.exec(div)
    if (!match) return false
    const [source, end, start, attributesText = '', selfClosing] = match
    if (start !== undefined) {
      if ((open.length === 0 && (at > 0 || start !== 'div')) || !isAllowed(start, attributesText)) return false
      if (open.length === 0 && !attributesText.includes(xhtmlNamespace)) return false
      if (start === 'img') hasContent = true
      if (!selfClosing && open.push(start) > depthMax) return false
    } else if (end !== undefined) {
      if (open.pop() !== end) return false
    } else if (!source.startsWith('<!--')) {
      if (open.length === 0 && source.trim() !== '') return false
      if (!isText(source)) return false
      hasContent ||= source.trim() !== ''
    }
    at = piece.lastIndex
    if (open.length === 0 && end !== undefined) return hasContent && div.slice(at).trim() === ''
  }
  return false
}

function isAllowed(name: string, attributesText: string): boolean {
  if (!elements.has(name)) return false
  const seen = new Set<string>()
  for (const [, key, double, single] of attributesText.matchAll(attribute)) {
    if (!attributes.has(key!) || seen.has(key!) || !isText(double ?? single ?? '')) return false
    if ((key === 'href' || key === 'src') && /^\s*(?:javascript|vbscript|data:text)/i.test(double ?? single ?? '')) return false
    seen.add(key!)
  }
  return true
}

/** An ampersand begins an entity. */
function isText(text: string): boolean {
  for (const [found] of text.matchAll(entity)) if (found === '&') return false
  return true
}
