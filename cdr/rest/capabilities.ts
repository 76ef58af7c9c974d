// capabilities (http.html#capabilities, capabilitystatement.html): made from the route table, the search parameters and the operations, so that it says what is.
import { r4 } from '#formats/fhir/model/r4.ts'
import type { JsonObject } from '#kernel/json.ts'
import { ok, type Result } from '#kernel/result.ts'
import { type Parameter, parametersOf } from '../index/parameters.ts'
import type { Operation } from '../operations/operation.ts'
import type { Answer } from './answer.ts'
import type { Call, Rest } from './call.ts'
import { mediaTypes } from './negotiate.ts'
import { routes } from './routes.ts'

/** Printed once for each server; only the addresses differ from call to call, and whoever varies the Host header costs no more than that. */
const templates = new WeakMap<Rest, string>()
const baseMark = 'https://base.invalid'
const originMark = 'https://origin.invalid'

export function capabilities(call: Call, rest: Rest): Result<Answer> {
  const { origin, mount } = call.caller
  let template = templates.get(rest)
  if (template === undefined) templates.set(rest, (template = JSON.stringify(statement(baseMark, originMark, rest))))
  return ok({ status: 200, body: template.replace(baseMark, `${origin}${mount}`).replace(originMark, origin) })
}

function statement(base: string, origin: string, rest: Rest): JsonObject {
  return {
    resourceType: 'CapabilityStatement',
    id: 'huilian',
    name: 'Huilian',
    title: '汇联 FHIR R4',
    status: 'active',
    date: '2026-11-23',
    kind: 'instance',
    software: { name: '汇联 Huilian', version: rest.version },
    implementation: { description: '汇联临床数据中心 · Huilian clinical data repository', url: base },
    fhirVersion: r4.version,
    format: [mediaTypes.json, mediaTypes.xml, 'json', 'xml'],
    rest: [
      {
        mode: 'server',
        security: {
          description: 'OAuth 2.0 client_credentials; SMART scopes such as system/Observation.read',
          service: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/restful-security-service', code: 'SMART-on-FHIR' }] }],
          extension: [
            {
              url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris',
              extension: [{ url: 'token', valueUri: `${origin}/oauth2/token` }],
            },
          ],
        },
        interaction: [{ code: 'transaction' }, { code: 'batch' }],
        resource: r4.resourceTypes().map(type => resourceCapability(type, rest)),
        searchParam: [
          { name: '_id', type: 'token', definition: 'http://hl7.org/fhir/SearchParameter/Resource-id' },
          { name: '_lastUpdated', type: 'date', definition: 'http://hl7.org/fhir/SearchParameter/Resource-lastUpdated' },
        ],
        ...operationsAt(rest.operations, 'system', undefined),
      },
    ],
  }
}

function typeInteractions(): JsonObject[] {
  const codes = new Set(routes.filter(route => route.path.includes('{type}')).map(route => route.interaction))
  return [...codes].filter(code => code !== 'operation').map(code => ({ code }))
}

function resourceCapability(type: string, { operations, profiles }: Rest): JsonObject {
  const supported = profiles?.get(type)
  return {
    type,
    ...(supported ? { supportedProfile: [...supported] } : {}),
    interaction: typeInteractions(),
    versioning: 'versioned-update',
    readHistory: true,
    updateCreate: true,
    conditionalCreate: true,
    conditionalRead: 'full-support',
    conditionalUpdate: true,
    conditionalDelete: 'single',
    referencePolicy: ['literal', 'logical'],
    searchParam: [...parametersOf(type).values()].map(searchParam),
    ...operationsAt(operations, undefined, type),
  }
}

function searchParam({ code, kind, url }: Parameter): JsonObject {
  return { name: code, type: kind, definition: url }
}

function operationsAt(operations: readonly Operation[], level: 'system' | undefined, type: string | undefined): JsonObject {
  const here = operations.filter(one =>
    level ? one.level === level : one.level !== 'system' && (one.types.length === 0 || one.types.includes(type!)),
  )
  const names = new Map(here.map(({ name, definition }) => [name, { name, definition }]))
  return names.size === 0 ? {} : { operation: [...names.values()] }
}
