// Settings come from the environment alone; docs/configuration.md describes each, and the house test compares the two.
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'

export type Settings = {
  readonly httpPort: number
  readonly mllpPort: number
  readonly host: string
  readonly dataDir: string
  readonly demo: boolean
  /** Folders with one `channel.yaml` each; undefined: only the built-in channel (and those of the demo). */
  readonly channelsDir: string | undefined
  /** Undefined: the secret is generated at first start and printed once. */
  readonly adminSecret: string | undefined
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error'
}

export function readSettings(environment: Readonly<Record<string, string | undefined>>): Result<Settings> {
  const wrong: { name: string; reason: string }[] = []
  const text = (name: string, usual: string) => environment[name]?.trim() || usual
  const port = (name: string, usual: number) => {
    const value = Number(text(name, String(usual)))
    if (!Number.isInteger(value) || value < 0 || value > 65_535) wrong.push({ name, reason: '0–65535' })
    return value
  }
  const choice = <T extends string>(name: string, usual: T, allowed: readonly T[]) => {
    const value = text(name, usual) as T
    if (!allowed.includes(value)) wrong.push({ name, reason: allowed.join(' | ') })
    return value
  }
  const settings: Settings = {
    httpPort: port('HUILIAN_HTTP_PORT', 8080),
    mllpPort: port('HUILIAN_MLLP_PORT', 2575),
    host: text('HUILIAN_HOST', '127.0.0.1'),
    dataDir: text('HUILIAN_DATA_DIR', './data'),
    demo: choice('HUILIAN_DEMO', 'on', ['on', 'off']) === 'on',
    channelsDir: environment['HUILIAN_CHANNELS_DIR'] || undefined,
    adminSecret: environment['HUILIAN_ADMIN_SECRET'] || undefined,
    logLevel: choice('HUILIAN_LOG_LEVEL', 'info', ['debug', 'info', 'warn', 'error']),
  }
  const first = wrong[0]
  return first ? failed(fault('config.invalid', { args: first })) : ok(settings)
}

/** Beyond loopback, senders must be bound to a facility (architecture section 5). */
export function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || /^(::ffff:)?127\./.test(address)
}
