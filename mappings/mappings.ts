// The mapping room as others use it: plans opened, checked and compiled once into an immutable value; publishing is opening anew.
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseJson } from '#formats/fhir/json/read.ts'
import { r4 } from '#formats/fhir/model/r4.ts'
import type { Message } from '#formats/hl7v2/message.ts'
import type { MessageFormat } from '#kernel/envelope.ts'
import { type Fault, fault } from '#kernel/fault.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'
import type { CompiledPlan } from '#kernel/ports/mapper.ts'
import type { CodeMaps } from '#kernel/ports/terminology.ts'
import { failed, ok, type Result } from '#kernel/result.ts'
import type { CompileContext } from './compile/compile-context.ts'
import { Memories } from './compile/memory.ts'
import { compileMessage, type MessageCode, type MessageKind, MessageMapper } from './compile/message.ts'
import { hl7Kind } from './hl7v2-mapper.ts'
import { jsonKind } from './json-mapper.ts'
import { type Finding, Findings, findingsFault } from './language/finding.ts'
import type { Constants, MessagePlan } from './language/plan.ts'
import { plansUsedBy } from './language/uses.ts'
import { loadPlans, type PlanFiles, planFilesIn } from './load-plans.ts'
import { planHash } from './plan-hash.ts'
import { type AuthorityRule, openSite, type Site } from './site.ts'
import type { Source } from './source/source.ts'

/** The base plans of this project. */
export const baseDirectory = fileURLToPath(new URL('./hl7v2/', import.meta.url))

export type MappingsInput = {
  /** Base plans: a folder (this project's own when neither is given) or files in memory. */
  readonly directory?: string
  readonly files?: PlanFiles
  /** Overlay name → its files: one overlay, and new plans of the site. */
  readonly overlays?: ReadonlyMap<string, PlanFiles>
  readonly codeMaps: CodeMaps
  /** Another thread has found the same files sound: each plan is compiled when its first message comes. */
  readonly isChecked?: boolean
}

/** What selects a plan: the channel's format and, where it has one, its overlay. */
export type PlanSelector = { readonly format: MessageFormat; readonly overlay?: string }

/**
 * Opens plans, checks them all and compiles each on first use.
 * @returns fault `plan.syntax` or `plan.rule-invalid` with every finding among its causes
 */
export function openMappings(input: MappingsInput): Result<Mappings> {
  const mappings = new Mappings(input)
  const findings = input.isChecked ? [] : mappings.check()
  return findings.length > 0 ? failed(findingsFault(findings)) : ok(mappings)
}

/** Findings of plans that need not be sound, for editors. */
export function checkMappings(input: MappingsInput): readonly Finding[] {
  return new Mappings(input).check()
}

type Compiled = { readonly plan: MessagePlan; readonly mapper: CompiledPlan<Message> | CompiledPlan<JsonValue> }

/** What a plan maps, by format of its channel: HL7 v2 as split, JSON as parsed. */
type MappedAs<F extends MessageFormat> = F extends 'hl7v2' ? Message : JsonValue

/** Path of a plan's schema among the files; `''` for plans without one. */
function schemaFile({ at, schema }: MessagePlan): string {
  return schema === undefined ? '' : posix.join(posix.dirname(at.file), schema)
}

export class Mappings {
  readonly #sites: ReadonlyMap<string, Site>
  readonly #texts = new Map<string, string>()
  readonly #codeMaps: CodeMaps
  readonly #findings = new Findings()
  readonly #compiled = new Map<string, Compiled>()
  readonly #memories = new Map<string, Memories>()
  readonly #slots = { next: 0 }
  readonly #elements = new Map<string, Map<string, unknown>>()

  constructor({ directory = baseDirectory, files, overlays = new Map(), codeMaps }: MappingsInput) {
    this.#codeMaps = codeMaps
    const baseFiles = files ?? planFilesIn(directory)
    const base = this.#load(baseFiles, '')
    const none = { plans: new Map(), messages: new Map(), overlays: [] }
    const sites = [...overlays].map(([name, own]) => openSite(name, base, this.#load(own, `${name}/`), this.#findings))
    this.#sites = new Map([openSite('', base, none, this.#findings), ...sites].map(site => [site.name, site]))
  }

  /** Types the plans of a channel take. */
  types(selector: PlanSelector): readonly string[] {
    const messages = [...(this.#sites.get(selector.overlay ?? '')?.messages.values() ?? [])]
    return messages.filter(plan => plan.format === selector.format).flatMap(plan => [...plan.takes.keys()])
  }

  /**
   * The compiled plan for a message type, `ADT^A01`.
   * @returns faults `plan.unknown` (no such overlay), `hl7.type-unsupported`, `hl7.event-unsupported`, `json.type-unsupported`
   */
  planFor<F extends MessageFormat>(selector: PlanSelector & { readonly format: F }, type: string): Result<CompiledPlan<MappedAs<F>>> {
    const found = this.#find(selector, type)
    return found.ok ? ok(found.value.mapper as CompiledPlan<MappedAs<F>>) : found
  }

  /** Segment names without which a message of the type is refused before it is acknowledged. */
  required(selector: PlanSelector, type: string): readonly string[] {
    const found = this.#find(selector, type)
    return found.ok ? found.value.plan.required : []
  }

  /** Where the event time of a message of the type stands, preferred place first. */
  time(selector: PlanSelector, type: string): readonly string[] {
    const found = this.#find(selector, type)
    return found.ok ? found.value.plan.time : []
  }

  /** Places that usually identify patient, visit and order: defaults of a channel. */
  keys(selector: PlanSelector, type: string): MessagePlan['keys'] {
    const found = this.#find(selector, type)
    return found.ok ? found.value.plan.keys : { patient: [], visit: [], order: [] }
  }

  /** Whose word counts for which elements, as an overlay says; empty for the base plans. */
  authority(overlay: string | undefined): readonly AuthorityRule[] {
    return this.#sites.get(overlay ?? '')?.authority ?? []
  }

  /** Compiles everything, for its findings. */
  check(): readonly Finding[] {
    for (const site of this.#sites.values())
      for (const plan of site.messages.values())
        for (const type of plan.takes.keys()) this.#find({ format: plan.format, overlay: site.name }, type)
    this.#checkUse()
    return this.#findings.list()
  }

  #find({ format, overlay = '' }: PlanSelector, type: string): Result<Compiled> {
    const key = `${overlay}|${format}|${type}`
    const known = this.#compiled.get(key)
    if (known) return ok(known)
    const site = this.#sites.get(overlay)
    if (!site) return failed(fault('plan.unknown', { args: { plan: overlay } }))
    const plan = [...site.messages.values()].find(message => message.format === format && message.takes.has(type))
    if (!plan) return failed(this.#unsupported(site, format, type))
    const compiled = this.#compile(plan, type, site)
    if (compiled.ok) this.#compiled.set(key, compiled.value)
    return compiled
  }

  #unsupported(site: Site, format: MessageFormat, type: string): Fault {
    if (format !== 'hl7v2') return fault('json.type-unsupported', { args: { type } })
    const message = type.split('^')[0]!
    const known = [...site.messages.values()].some(
      plan => plan.format === format && [...plan.takes.keys()].some(taken => taken.startsWith(`${message}^`)),
    )
    return fault(known ? 'hl7.event-unsupported' : 'hl7.type-unsupported', { at: 'MSH[1]-9', args: { type } })
  }

  #compile(plan: MessagePlan, type: string, site: Site): Result<Compiled> {
    if (plan.format === 'hl7v2') {
      const kind = hl7Kind(type)
      return kind
        ? ok({ plan, mapper: this.#mapperOf(plan, type, site, kind) })
        : this.#wrong(plan, `there is no message structure for ${type}`)
    }
    if (plan.format !== 'json') return this.#wrong(plan, `messages of format ${plan.format} are not mapped by plans`)
    const schema = this.#schemaOf(plan)
    return schema
      ? ok({ plan, mapper: this.#mapperOf(plan, type, site, jsonKind(schema)) })
      : this.#wrong(plan, `there is no JSON Schema ${plan.schema}`)
  }

  #wrong(plan: MessagePlan, reason: string): Result<never> {
    this.#findings.add(plan.at, '', reason)
    return failed(fault('plan.rule-invalid', { at: plan.at.file, args: { file: plan.at.file, line: plan.at.line, rule: '', reason } }))
  }

  /** Closures of one message type; the traced ones once somebody asks. */
  #mapperOf<M, N>(plan: MessagePlan, type: string, site: Site, { scope, source, open }: MessageKind<M, N>): CompiledPlan<M> {
    const code = (isTraced: boolean) => compileMessage(plan, scope, this.#context(plan, type, site, source(isTraced), isTraced))
    let traced: MessageCode<N> | undefined
    return new MessageMapper<M, N>({
      name: site.name === '' ? plan.name : `${site.name}/${plan.name}`,
      hash: this.#hashOf(plan, type, site),
      open,
      names: site.names,
      memories: this.#memoriesOf(site),
      plain: code(false),
      traced: () => (traced ??= code(true)),
    })
  }

  #schemaOf(plan: MessagePlan): JsonObject | undefined {
    const parsed = parseJson(Buffer.from(this.#texts.get(schemaFile(plan)) ?? ''))
    return parsed.ok ? (parsed.value as JsonObject) : undefined
  }

  #context<N>(plan: MessagePlan, type: string, site: Site, source: Source<N>, traced: boolean): CompileContext<N> {
    const own: Constants = plan.takes.get(type) ?? new Map()
    const [message = '', event = ''] = type.split('^')
    return {
      source,
      plans: site.plans,
      model: r4,
      codeMaps: this.#codeMaps,
      codes: site.codes,
      constants: new Map([...site.constants, ['message', [message]], ['event', [event]], ...own]),
      siteConstants: site.constants,
      findings: this.#findings,
      traced,
      aliases: new Map(),
      named: [],
      counter: { next: 0 },
      slots: this.#slots,
      elements: this.#elementsOf(plan, site, traced),
    }
  }

  #memoriesOf({ name }: Site): Memories {
    const known = this.#memories.get(name)
    if (known) return known
    const memories = new Memories()
    this.#memories.set(name, memories)
    return memories
  }

  /** Closures of data types are shared by the message types of a site that have the same dictionary or schema. */
  #elementsOf(plan: MessagePlan, site: Site, traced: boolean): Map<string, unknown> {
    const key = `${site.name}|${schemaFile(plan)}|${traced}`
    const known = this.#elements.get(key)
    if (known) return known
    const elements = new Map<string, unknown>()
    this.#elements.set(key, elements)
    return elements
  }

  #hashOf(plan: MessagePlan, type: string, site: Site): string {
    const files = new Set([plan.at.file, ...[...plansUsedBy(plan, site.plans)].sort().map(name => site.plans.get(name)?.at.file ?? name)])
    const overlays = [...this.#texts.keys()].filter(file => file.startsWith(`${site.name}/`) || file === 'base.yaml').sort()
    return planHash([type, ...[...files, ...overlays, schemaFile(plan)].map(file => this.#texts.get(file) ?? file)], this.#codeMaps.hash)
  }

  /** A plan that no message plan reaches is dead; a site answers for its own plans, the base for the rest. */
  #checkUse(): void {
    for (const site of this.#sites.values()) {
      const used = new Set([...site.messages.values()].flatMap(message => [...plansUsedBy(message, site.plans)]))
      for (const plan of site.plans.values())
        if (!used.has(plan.name) && plan.at.file.startsWith(site.name)) this.#findings.add(plan.at, '', `no message plan uses ${plan.name}`)
    }
  }

  #load(files: PlanFiles, prefix: string) {
    const named = new Map([...files].map(([file, text]) => [prefix + file, text]))
    for (const [file, text] of named) this.#texts.set(file, text)
    return loadPlans(named, this.#findings)
  }
}
