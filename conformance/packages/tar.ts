// A tar archive read in memory (POSIX.1-1988 ustar, pax names): names and bytes of plain files; nothing is ever written to disk.
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'

export type ArchiveEntry = { readonly name: string; readonly bytes: Buffer }

export type ArchiveLimits = { readonly filesMax: number; readonly fileBytesMax: number; readonly nameCharactersMax: number }

const block = 512

/** Plain files in their order; links, devices and folders are passed over. `path` names the archive in faults. */
export function readTar(archive: Buffer, path: string, limits: ArchiveLimits): Result<readonly ArchiveEntry[]> {
  const entries: ArchiveEntry[] = []
  let longName: string | undefined
  let headers = 0
  for (let at = 0; at + block <= archive.length; ) {
    const header = archive.subarray(at, at + block)
    if (header.every(byte => byte === 0)) return ok(entries)
    const size = octal(header, 124, 12)
    const damaged = size === undefined || !hasChecksum(header) || at + block + size > archive.length
    if (damaged) return failed(fault('package.archive-broken', { args: { path, offset: at } }))
    if (++headers > limits.filesMax * 2) return failed(fault('package.too-many-files', { args: { path, max: limits.filesMax } }))
    const content = archive.subarray(at + block, at + block + size)
    const type = String.fromCharCode(header[156]!)
    at += block + Math.ceil(size / block) * block
    if (type === 'x' || type === 'L') {
      longName = type === 'L' ? text(content) : paxPath(content)
      continue
    }
    const name = longName ?? nameOf(header)
    longName = undefined
    if (type !== '0' && type !== '\0') continue
    if (!isPlain(name, limits.nameCharactersMax)) return failed(fault('package.entry-name', { args: { path, name: name.slice(0, 100) } }))
    if (size > limits.fileBytesMax) return failed(fault('package.file-too-large', { args: { path, name, max: limits.fileBytesMax } }))
    if (entries.length === limits.filesMax) return failed(fault('package.too-many-files', { args: { path, max: limits.filesMax } }))
    entries.push({ name, bytes: content })
  }
  return ok(entries)
}

function nameOf(header: Buffer): string {
  const name = text(header.subarray(0, 100))
  const prefix = header.toString('latin1', 257, 262) === 'ustar' ? text(header.subarray(345, 500)) : ''
  return prefix === '' ? name : `${prefix}/${name}`
}

/** Up to the first NUL. */
function text(bytes: Buffer): string {
  const end = bytes.indexOf(0)
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end)
}

/** A number in octal digits; undefined for anything else, the binary form for sizes over 8 GB included. */
function octal(header: Buffer, from: number, length: number): number | undefined {
  const digits = text(header.subarray(from, from + length)).trim()
  return digits === '' ? 0 : /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : undefined
}

/** The sum of all bytes, the field of the sum counted as blanks. */
function hasChecksum(header: Buffer): boolean {
  let sum = 8 * 0x20
  for (let i = 0; i < block; i++) if (i < 148 || i >= 156) sum += header[i]!
  return octal(header, 148, 8) === sum
}

/** `path` of a pax record: `28 path=package/….json\n`. */
function paxPath(content: Buffer): string | undefined {
  return /(?:^|\n)\d+ path=([^\n]+)\n/.exec(content.toString('utf8'))?.[1]
}

/** Relative, without a way out. */
function isPlain(name: string, charactersMax: number): boolean {
  const hasControl = /[\0-\x1f\\:]/.test(name)
  return name.length <= charactersMax && !hasControl && !name.startsWith('/') && !name.split('/').includes('..')
}
