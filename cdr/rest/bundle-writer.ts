// Writes a Bundle (bundle.html) around stored bodies: bytes are copied once and never parsed.

export type BundleHead = {
  readonly type: 'searchset' | 'history' | 'batch-response' | 'transaction-response'
  readonly total?: number
  readonly links?: readonly { readonly relation: string; readonly url: string }[]
}

/** One entry: `body` is the resource as stored, `rest` what follows it (`"search":{"mode":"match"}`). */
export type BundleEntry = { readonly fullUrl?: string; readonly body?: Buffer | string; readonly rest?: string }

export function writeBundle(head: BundleHead, entries: readonly BundleEntry[]): Buffer {
  const parts: (string | Buffer)[] = [openBundle(head)]
  for (const [i, entry] of entries.entries()) {
    parts.push(i === 0 ? ',"entry":[{' : ',{')
    let comma = ''
    if (entry.fullUrl !== undefined) {
      parts.push(`"fullUrl":${JSON.stringify(entry.fullUrl)}`)
      comma = ','
    }
    if (entry.body !== undefined && entry.body.length > 0) {
      parts.push(`${comma}"resource":`, entry.body)
      comma = ','
    }
    if (entry.rest !== undefined) parts.push(`${comma}${entry.rest}`)
    parts.push('}')
  }
  parts.push(entries.length > 0 ? ']}' : '}')
  return joined(parts)
}

function openBundle({ type, total, links }: BundleHead): string {
  const link = links && links.length > 0 ? `,"link":${JSON.stringify(links)}` : ''
  return `{"resourceType":"Bundle","type":"${type}"${total === undefined ? '' : `,"total":${total}`}${link}`
}

function joined(parts: readonly (string | Buffer)[]): Buffer {
  let bytes = 0
  for (const part of parts) bytes += typeof part === 'string' ? Buffer.byteLength(part) : part.length
  const whole = Buffer.allocUnsafe(bytes)
  let at = 0
  for (const part of parts) at += typeof part === 'string' ? whole.write(part, at) : part.copy(whole, at)
  return whole
}
