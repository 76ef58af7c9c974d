// The data directory the commands work on: that of the server's own settings.
import { readSettings } from '#platform/config/settings.ts'
import { tellFault } from './tell.ts'

/** Ends the process with exit code 2 when the settings say nothing that can be used. */
export function dataDirectory(): string {
  const settings = readSettings(process.env)
  if (settings.ok) return settings.value.dataDir
  tellFault(settings.fault)
  process.exit(2)
}
