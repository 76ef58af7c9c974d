// The entry: settings from the environment, the server, the demo, the ready line, and an orderly end. No logic of its own.
import { faultHint, faultText } from '#kernel/fault.ts'
import { limits } from '#kernel/limits.ts'
import { readSettings } from '#platform/config/settings.ts'
import { openLogger } from '#platform/observe/logger.ts'
import { startDemo } from './demo.ts'
import { openServer } from './server.ts'

const settings = readSettings(process.env)
if (!settings.ok) quit(`${faultText(settings.fault, 'zh')}\n${faultText(settings.fault, 'en')}`)
const logger = openLogger(settings.value.logLevel)
const server = await openServer(settings.value, logger)
if (!server.ok) quit(`${faultText(server.fault, 'zh')}\n${faultText(server.fault, 'en')}\n${faultHint(server.fault, 'zh')}`)
const { newAdminSecret, http, engine } = server.value
const demo = settings.value.demo ? await startDemo(server.value, logger) : undefined
const host = settings.value.host
if (newAdminSecret) print({ event: 'admin-secret', client: 'admin', secret: newAdminSecret, note: 'shown this once' })
print({
  event: 'ready',
  http: `http://${host}:${http.port}`,
  fhir: `http://${host}:${http.port}/fhir`,
  mllp: `${host}:${engine.ports()['default']}`,
  demo: settings.value.demo,
})

let ending = false
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void end())

async function end(): Promise<void> {
  if (ending) return
  ending = true
  setTimeout(() => process.exit(1), limits.shutdownMsMax - 500).unref()
  await demo?.stop()
  if (server.ok) await server.value.close()
  process.exit(0)
}

function print(line: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

function quit(text: string): never {
  process.stderr.write(`${text}\n`)
  process.exit(1)
}
