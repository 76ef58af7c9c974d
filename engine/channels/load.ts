// Reads channel.yaml files: each is checked against the schema, faults name file, line and member.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Ajv } from 'ajv'
import { LineCounter, parseDocument } from 'yaml'
import { type Fault, fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { Channel } from './channel.ts'
import { channelSchema } from './channel-schema.ts'

const ajv = new Ajv({ useDefaults: true, allErrors: true })
const validate = ajv.compile(channelSchema)

export type LoadedChannel = { readonly channel: Channel; readonly directory: string }

/** Every `<folder>/channel.yaml` below the directories, in the order of directories and folder names. */
export function loadChannels(directories: readonly string[]): Result<readonly LoadedChannel[]> {
  const loaded: LoadedChannel[] = []
  for (const folder of directories.flatMap(channelFolders)) {
    const channel = parseChannel(readFileSync(join(folder, 'channel.yaml'), 'utf8'), `${basename(folder)}/channel.yaml`)
    if (!channel.ok) return channel
    loaded.push({ channel: channel.value, directory: folder })
  }
  const twice = loaded.find((a, i) => loaded.findIndex(b => b.channel.id === a.channel.id) !== i)
  return twice ? failed(fault('channel.invalid', { args: { channel: twice.channel.id, reason: 'the id is used twice' } })) : ok(loaded)
}

function channelFolders(directory: string): string[] {
  return readdirSync(directory)
    .sort()
    .map(name => join(directory, name))
    .filter(folder => existsSync(join(folder, 'channel.yaml')))
}

export function parseChannel(yaml: string, file: string): Result<Channel> {
  const lines = new LineCounter()
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false })
  const broken = document.errors[0]
  if (broken) return failed(invalid(file, lines.linePos(broken.pos[0]).line, broken.message))
  const value: unknown = document.toJS()
  if (validate(value)) return ok(value as unknown as Channel)
  const causes = (validate.errors ?? []).map(error => {
    const path = error.instancePath.split('/').slice(1)
    const node = document.getIn(path, true) as { range?: [number, number, number] } | undefined
    const line = node?.range ? lines.linePos(node.range[0]).line : 1
    return invalid(
      file,
      line,
      `${path.join('.') || '(root)'} ${error.message ?? ''}${error.params?.['additionalProperty'] ? `: ${error.params['additionalProperty']}` : ''}`,
    )
  })
  return failed({ ...causes[0]!, causes })
}

function invalid(file: string, line: number, reason: string): Fault {
  return fault('channel.invalid', { at: `${file}:${line}`, args: { channel: file, reason: `line ${line}: ${reason}` } })
}
