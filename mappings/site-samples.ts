// Samples of the connected systems: the good cases of their contracts as their channels would map them, and what is expected of those marked golden.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse } from 'yaml'
import { parseJson } from '#formats/fhir/json/read.ts'
import { decodeMessage } from '#formats/hl7v2/declared-charset.ts'
import { messageKind, readHeader } from '#formats/hl7v2/header.ts'
import { parseMessage } from '#formats/hl7v2/message.ts'
import type { Mapped } from '#kernel/intent.ts'
import type { JsonObject } from '#kernel/json.ts'
import type { MapContext } from '#kernel/ports/mapper.ts'
import { must } from '#kernel/result.ts'
import { type PlanFiles, planFilesIn } from './load-plans.ts'
import type { Mappings } from './mappings.ts'

export type SiteSample = {
  readonly site: string
  /** Site and case: `zjj-his/good-a01`. */
  readonly name: string
  readonly format: 'hl7v2' | 'json'
  /** `ADT^A01`, `1101`. */
  readonly type: string
  /** Decoded; segments end in carriage returns. */
  readonly text: string
  readonly context: MapContext
  /** `''` for cases that are not golden. */
  readonly expectedFile: string
  /** `''` when there is none yet. */
  readonly expected: string
}

type SiteChannel = {
  readonly tenant: string
  readonly facility: string
  readonly source: string
  readonly format: 'hl7v2' | 'json'
  readonly overlay?: string
  readonly envelope?: { readonly type: string }
}
type SiteCase = { readonly file: string; readonly fault?: string; readonly golden?: boolean }

/** Folders of connected systems that have an overlay, by name; `directory` holds one folder for each. */
export function sites(directory: string): readonly string[] {
  return readdirSync(directory)
    .sort()
    .filter(site => existsSync(join(directory, site, 'channel.yaml')) && channelOf(join(directory, site)).overlay !== undefined)
}

/** What `openMappings` takes as overlays. */
export function siteFiles(directory: string): ReadonlyMap<string, PlanFiles> {
  return new Map(sites(directory).map(site => [channelOf(join(directory, site)).overlay!, planFilesIn(join(directory, site))]))
}

export function siteSamples(directory: string): readonly SiteSample[] {
  return sites(directory).flatMap(site => {
    const folder = join(directory, site)
    const cases = JSON.parse(readFileSync(join(folder, 'cases/cases.json'), 'utf8')) as SiteCase[]
    return cases.filter(({ fault }) => fault === undefined).map(one => sampleOf(folder, one, channelOf(folder)))
  })
}

function sampleOf(folder: string, { file, golden = false }: SiteCase, channel: SiteChannel): SiteSample {
  const bytes = readFileSync(join(folder, 'cases', file))
  const { tenant, facility, source, format } = channel
  const text = format === 'json' ? bytes.toString('utf8') : must(decodeMessage(bytes)).text.replace(/\r?\n/g, '\r')
  const name = file.replace(/\.\w+$/, '')
  const expectedFile = golden ? join(folder, 'expected', `${name}.json`) : ''
  const site = basename(folder)
  return {
    site,
    name: `${site}/${name}`,
    format,
    type: format === 'json' ? String(jsonOf(text)[channel.envelope!.type]) : messageKind(must(readHeader(text))),
    text,
    context: { tenant, facility, source, zone: 'Asia/Shanghai', receivedAtMs: 0 },
    expectedFile,
    expected: golden && existsSync(expectedFile) ? readFileSync(expectedFile, 'utf8') : '',
  }
}

/** What the site's plans make of a sample, or of another text in its place. */
export function mapSiteSample(sample: SiteSample, mappings: Mappings, traced = false, text = sample.text): Mapped {
  const { site, format, type } = sample
  const context = { ...sample.context, traced }
  if (format === 'json') return must(must(mappings.planFor({ format, overlay: site }, type)).map(jsonOf(text), context))
  return must(must(mappings.planFor({ format, overlay: site }, type)).map(must(parseMessage(text)), context))
}

function jsonOf(text: string): JsonObject {
  return must(parseJson(Buffer.from(text))) as JsonObject
}

function channelOf(folder: string): SiteChannel {
  return parse(readFileSync(join(folder, 'channel.yaml'), 'utf8')) as SiteChannel
}
