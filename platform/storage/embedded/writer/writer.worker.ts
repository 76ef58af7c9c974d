// The writer thread: the only one that changes the store. Takes what waits at its ports, applies it tenant by tenant, one sync per tenant and group.
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import type { FromWriter, FromWriterOwner, ToWriter, ToWriterOwner, WriterData } from '../protocol.ts'
import { Desk } from './desk.ts'

const owner = parentPort!
const data = workerData as WriterData
const ports: MessagePort[] = []
const tell = (message: FromWriterOwner) => owner.postMessage(message)

const desk = new Desk(data, {
  checkpoint: tenant => tell({ kind: 'checkpoint', tenant }),
  opened: tenant => {
    for (const port of ports) port.postMessage({ kind: 'tenant', tenant } satisfies FromWriter)
  },
})

const idleTurnMs = 10_000
let scheduled = false

/** Work is done in a later turn, so that everything that arrives meanwhile shares its sync. */
function schedule(): void {
  if (scheduled) return
  scheduled = true
  setImmediate(() => {
    scheduled = false
    for (const port of ports) {
      for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) desk.take(next.message as ToWriter, port)
    }
    if (desk.work()) schedule()
  })
}

function attach(port: MessagePort): void {
  ports.push(port)
  port.on('message', (message: ToWriter) => {
    desk.take(message, port)
    schedule()
  })
  port.on('close', () => ports.splice(ports.indexOf(port), 1))
}

owner.on('message', (message: ToWriterOwner) => {
  if (message.kind === 'attach') attach(message.port)
  if (message.kind === 'checkpointed') desk.checkpointed(message.tenant)
  if (message.kind === 'stop') {
    while (desk.work());
    desk.close()
    for (const port of ports.splice(0)) port.close()
    tell({ kind: 'stopped' })
    owner.close()
    return
  }
  schedule()
})

/** Idle work has no message that would call for it. */
setInterval(() => {
  desk.tidy()
  schedule()
}, idleTurnMs).unref()

const opened = desk.openAll()
tell(opened.ok ? { kind: 'ready', tenants: opened.value } : { kind: 'failed', fault: opened.fault })
