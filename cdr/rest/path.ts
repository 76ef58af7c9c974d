// Paths of the FHIR surface: segments decoded one by one, so that an escaped slash or a dot segment never changes the route.

/** Undefined when a segment is not proper percent-encoded UTF-8, is a dot segment, or hides a separator or a control character. */
export function splitPath(path: string): string[] | undefined {
  const segments: string[] = []
  for (const part of path.split('/')) {
    if (part === '') continue
    const segment = decode(part)
    if (segment === undefined || segment === '.' || segment === '..' || /[\0-\x1f\x7f/\\]/.test(segment)) return undefined
    segments.push(segment)
  }
  return segments
}

function decode(part: string): string | undefined {
  if (!part.includes('%')) return part
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}
