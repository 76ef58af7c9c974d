// The senders of a chaos run: one connection per system, each message sent again until it is acknowledged; the ledger of what was promised.
import { connect, type Socket } from 'node:net'
import { frame, MllpDecoder } from '#formats/hl7v2/mllp.ts'

export type Story<I> = {
  readonly system: string
  readonly messages: readonly { readonly bytes: Buffer; readonly kind: string; readonly intent: I }[]
}

/** A promise the server made: these bytes are kept under this name. */
export type Promised = {
  readonly system: string
  readonly index: number
  readonly kind: string
  readonly bytes: Buffer
  readonly code: string
  readonly name: string
}

export type Senders = { readonly ledger: readonly Promised[]; readonly done: Promise<void>; acknowledged(): number; unanswered(): number }

const answerMsMax = 5_000
const againMs = 50

export function startSenders<I>(stories: readonly Story<I>[], port: () => number): Senders {
  const ledger: Promised[] = []
  let unanswered = 0
  const play = async ({ system, messages }: Story<I>) => {
    let line: Line | undefined
    for (const [index, { bytes, kind }] of messages.entries()) {
      for (;;) {
        line ??= await openLine(port())
        const answer = await line?.ask(bytes)
        if (answer) {
          ledger.push({ system, index, kind, bytes, ...answer })
          break
        }
        unanswered++
        line?.close()
        line = undefined
        await new Promise(resolve => setTimeout(resolve, againMs))
      }
    }
    line?.close()
  }
  return {
    ledger,
    done: Promise.all(stories.map(play)).then(() => undefined),
    acknowledged: () => ledger.length,
    unanswered: () => unanswered,
  }
}

type Line = { ask(bytes: Buffer): Promise<{ code: string; name: string } | undefined>; close(): void }

function openLine(port: number): Promise<Line | undefined> {
  return new Promise(resolve => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    socket.once('error', () => resolve(undefined))
    socket.once('connect', () => resolve(lineOver(socket)))
  })
}

function lineOver(socket: Socket): Line {
  const decoder = new MllpDecoder()
  let settle: ((answer: { code: string; name: string } | undefined) => void) | undefined
  socket.on('data', (chunk: Buffer) => {
    for (const event of decoder.push(chunk)) if (event.kind === 'frame') settle?.(readAck(event.bytes))
  })
  socket.on('error', () => settle?.(undefined))
  socket.on('close', () => settle?.(undefined))
  return {
    ask: bytes =>
      new Promise(resolve => {
        const timer = setTimeout(() => resolve(undefined), answerMsMax)
        settle = answer => {
          clearTimeout(timer)
          resolve(answer)
        }
        if (socket.destroyed) settle(undefined)
        else socket.write(frame(bytes))
      }),
    close: () => socket.destroy(),
  }
}

/** MSA-1 and the name of the kept message, which is the MSH-10 of the answer. */
function readAck(bytes: Buffer): { code: string; name: string } | undefined {
  const text = bytes.toString('latin1')
  const code = /\rMSA\|(\w\w)/.exec(text)?.[1]
  const name = text.split('|')[9]
  return code && name ? { code, name } : undefined
}
