// A reader thread: runs one search at a time until its deadline. Bodies go back as one transferred buffer.
import { parentPort, workerData } from 'node:worker_threads'
import { deadlineFault, searchWithin } from '../search/searcher.ts'
import { Connections } from './connection.ts'
import { type FromReader, packPage, type ReaderData, type ToReader } from './reader-protocol.ts'

const port = parentPort!
const { directory } = workerData as ReaderData
const connections = new Connections(directory)

port.on('message', ({ number, tenants, plan, msMax }: ToReader) => {
  try {
    const page = searchWithin(connections, tenants, plan, msMax) ?? deadlineFault(msMax)
    if (!page.ok) return port.postMessage({ number, fault: page.fault } satisfies FromReader)
    const packed = packPage(page.value)
    port.postMessage({ number, page: packed } satisfies FromReader, [packed.bodies.buffer])
  } catch (error) {
    port.postMessage({ number, bug: (error as Error).message } satisfies FromReader)
  }
})
