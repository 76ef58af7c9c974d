// Values of a search parameter: alternatives by comma, parts by bar, each with its escapes (search.html#escaping).

/** Splits at the unescaped separator; escapes stay in the parts, for a later split. */
export function splitValue(text: string, separator: ',' | '|' | '$'): string[] {
  if (!text.includes('\\')) return text.split(separator)
  const parts: string[] = []
  let start = 0
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === separator) {
      parts.push(text.slice(start, i))
      start = i + 1
    }
  }
  parts.push(text.slice(start))
  return parts
}

/** `\,` `\|` `\$` `\\` as the character they stand for; a backslash before anything else stands for itself. */
export function unescapeValue(text: string): string {
  return text.includes('\\') ? text.replace(/\\([,|$\\])/g, '$1') : text
}
