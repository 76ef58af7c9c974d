// What the message log asks of a disk. Nothing is durable until the call that says so returned; after a failed one nothing is known about what it wrote.

export interface FilePort {
  /** Makes a directory with its parents, durably. */
  makeDirectory(path: string): Promise<void>
  /** Names in a directory; none when it does not exist. */
  list(path: string): Promise<readonly string[]>
  /** Makes a new, empty file; refused when the name exists. Its name is durable only after `syncDirectory`. */
  create(path: string): Promise<OpenFile>
  /** For reading, or for appending as well. */
  open(path: string, use?: 'read' | 'append'): Promise<OpenFile>
  remove(path: string): Promise<void>
  /** Makes creations and removals in a directory durable. */
  syncDirectory(path: string): Promise<void>
}

export interface OpenFile {
  size(): Promise<number>
  /** Fills `into` from a place in the file; returns how many bytes there were. */
  read(into: Uint8Array, at: number): Promise<number>
  /** Writes at a place and makes it durable. */
  write(chunks: readonly Uint8Array[], at: number): Promise<void>
  /** Cuts the file, durably. */
  truncate(length: number): Promise<void>
  close(): Promise<void>
}
