// What lies open over the chart, topmost last. It stands in the URL, so that a trend can be sent to a colleague and the back button closes it.

export type Opened =
  | { readonly kind: 'trend'; readonly item: string }
  | { readonly kind: 'report'; readonly id: string }
  | { readonly kind: 'raw'; readonly type: string; readonly id: string }

/** Deeper than anybody looks. */
const depthMax = 4

export function readOpened(text: string | undefined): Opened[] {
  return (text ?? '').split('~').flatMap(part => readOne(part) ?? [])
}

/** Undefined when nothing is open. */
export function writeOpened(opened: readonly Opened[]): string | undefined {
  return opened.slice(-depthMax).map(writeOne).join('~') || undefined
}

function readOne(part: string): Opened | undefined {
  const [kind, ...words] = part.split(':').map(unescapePart)
  if (kind === 'trend' && words[0]) return { kind, item: words[0] }
  if (kind === 'report' && words[0]) return { kind, id: words[0] }
  return kind === 'raw' && words[0] && words[1] ? { kind, type: words[0], id: words[1] } : undefined
}

function writeOne(one: Opened): string {
  const words = one.kind === 'trend' ? [one.item] : one.kind === 'report' ? [one.id] : [one.type, one.id]
  return [one.kind, ...words.map(escapePart)].join(':')
}

function escapePart(word: string): string {
  return word.replace(/[%:~]/g, character => `%${character.charCodeAt(0).toString(16)}`)
}

function unescapePart(word: string): string {
  return word.replace(/%(25|3a|7e)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}
