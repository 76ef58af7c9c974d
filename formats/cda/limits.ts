// Limits of documents that come from outside: one that keeps them cannot exhaust the process.
import type { XmlLimits } from '../xml/limits.ts'

export const documentLimits: Partial<XmlLimits> = {
  bytesMax: 8 * 1024 * 1024,
  depthMax: 100,
  nodesMax: 400_000,
  attributesPerElementMax: 64,
}

/** Entries may hold entries: beyond this they are not looked at. */
export const entryDepthMax = 16
