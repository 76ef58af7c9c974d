// Logs: JSON lines on standard error. A line names ids, codes and sizes, never patient data; the redact list is the second fence.
import { type Logger, pino } from 'pino'

export type { Logger }

const redact = [
  'password',
  'secret',
  'token',
  'authorization',
  'body',
  'text',
  'name',
  'idCard',
  '*.password',
  '*.secret',
  '*.token',
  '*.authorization',
  '*.body',
  '*.text',
]

export function openLogger(level: string): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths: redact, censor: '[redacted]' } },
    pino.destination({ dest: 2, sync: false }),
  )
}
