// Where segments end (HL7 v2 chapter 2.5.2): CR by the standard, CRLF and LF by life.

const byteOrderMark = 0xfeff

/** Where the message starts: after blanks, line ends and a byte order mark. */
export function textStart(text: string): number {
  let at = 0
  while (at < text.length && (text.charCodeAt(at) <= 0x20 || text.charCodeAt(at) === byteOrderMark)) at++
  return at
}

/**
 * A function from the start of a line to its end (the place of the terminator, or the end of the text).
 * A LF counts as terminator where the text has no CR; beside CRs it does only where a segment follows, else it is part of the value.
 */
export function segmentEnds(text: string, separator: number): (from: number) => number {
  if (text.indexOf('\n') < 0) return from => orEnd(text, text.indexOf('\r', from))
  if (text.indexOf('\r') < 0) return from => orEnd(text, text.indexOf('\n', from))
  let carriageReturn = -1
  return from => {
    // Looked for once per CR: a text with one CR behind a million LFs must not be searched a million times.
    if (carriageReturn < from) carriageReturn = orEnd(text, text.indexOf('\r', from))
    for (let at = text.indexOf('\n', from); at >= 0 && at < carriageReturn; at = text.indexOf('\n', at + 1)) {
      if (at === from || segmentFollows(text, at + 1, separator)) return at
    }
    return carriageReturn
  }
}

function segmentFollows(text: string, at: number, separator: number): boolean {
  return text.charCodeAt(at + 3) === separator && /^[A-Z][A-Z0-9]{2}$/.test(text.slice(at, at + 3))
}

function orEnd(text: string, found: number): number {
  return found < 0 ? text.length : found
}
