// Limits of XML input: a document within them cannot exhaust the process.
export type XmlLimits = {
  readonly bytesMax: number
  readonly depthMax: number
  readonly nodesMax: number
  readonly attributesPerElementMax: number
  readonly nameCharactersMax: number
}

export const xmlLimits: XmlLimits = {
  bytesMax: 64 * 1024 * 1024,
  depthMax: 256,
  nodesMax: 2_000_000,
  attributesPerElementMax: 256,
  nameCharactersMax: 1024,
}
