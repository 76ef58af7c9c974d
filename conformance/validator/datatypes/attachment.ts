// Attachment (datatypes.html#Attachment): the size it states is that of its data.
import type { TypeCheck } from '../program/type-program.ts'

export const attachment: TypeCheck = (value, run) => {
  const { data, size, url, contentType, language } = value
  if (typeof data === 'string' && typeof size === 'number') {
    const bytes = byteCount(data)
    if (bytes !== size) run.error('validator.attachment-size', { found: size, expected: bytes })
  }
  if (
    data === undefined &&
    url === undefined &&
    contentType === undefined &&
    language === undefined &&
    !('_data' in value) &&
    !('_url' in value)
  )
    run.warning('validator.attachment-empty')
}

/** Bytes that a base64 text stands for. */
export function byteCount(base64: string): number {
  const compact = base64.replace(/\s/g, '')
  const padding = compact.endsWith('==') ? 2 : compact.endsWith('=') ? 1 : 0
  return Math.floor((compact.length * 3) / 4) - padding
}
