// The HTTP surfaces of the server, in the order they are asked: health, OAuth2, FHIR, console API, portal.

import { withPersonsHidden } from '#cdr/access/persons.ts'
import { chartRoutes } from '#cdr/chart/routes.ts'
import { openTenantDefinitions, type TenantDefinitions } from '#cdr/definitions/tenant-definitions.ts'
import type { DocumentTools } from '#cdr/documents/document.ts'
import { documentRoutes } from '#cdr/documents/routes.ts'
import { identityRoutes } from '#cdr/identity/routes.ts'
import { openExtractor } from '#cdr/index/extract.ts'
import { everything } from '#cdr/operations/everything.ts'
import { fhirpath } from '#cdr/operations/fhirpath/fhirpath.ts'
import { validateOperations } from '#cdr/operations/validate.ts'
import { fhirSurface } from '#cdr/rest/surface.ts'
import { validateRoutes } from '#conformance/inspect/routes.ts'
import { profilesByType } from '#conformance/profiles/profiles.ts'
import { ratingRoutes } from '#conformance/rating/routes.ts'
import { channelRoutes } from '#engine/console/channel-routes.ts'
import { faultRoutes } from '#engine/console/fault-routes.ts'
import { messageRoutes } from '#engine/console/message-routes.ts'
import { parseRoutes } from '#engine/console/parse-routes.ts'
import { replayRoutes } from '#engine/console/replay-routes.ts'
import { traceRoutes } from '#engine/console/trace-routes.ts'
import { readStored } from '#formats/fhir/json/stored.ts'
import type { Clock } from '#kernel/clock.ts'
import type { Fault } from '#kernel/fault.ts'
import { ok, type Result } from '#kernel/result.ts'
import { consoleApp } from '#platform/http/api.ts'
import { openApi } from '#platform/http/openapi.ts'
import type { Route } from '#platform/http/route.ts'
import { answerBug, type Surface } from '#platform/http/server.ts'
import { staticSurface } from '#platform/http/static.ts'
import { healthSurface } from '#platform/observe/health.ts'
import { accountRoutes } from '#platform/security/account-routes.ts'
import { auditRoutes } from '#platform/security/audit-routes.ts'
import type { Lockout } from '#platform/security/lockout.ts'
import { handleToken, smartConfiguration } from '#platform/security/oauth.ts'
import { sessionRoutes } from '#platform/security/session-routes.ts'
import { terminologyRoutes } from '#terminology/routes.ts'
import { type HouseDocuments, openHouseDocuments } from './house-documents.ts'
import { openHouseValidator, packagesIn } from './house-validator.ts'
import type { Opened } from './server.ts'

export type SurfaceExtras = {
  readonly clock: Clock
  readonly lockout: Lockout
  readonly version: string /** Folder of the built portal. */
  readonly portal: string
}

export function openSurfaces(opened: Opened, extras: SurfaceExtras): Result<readonly Surface[]> {
  const { clock, lockout, version } = extras
  const { storage, directory, tokens, metrics, logger, digest, keys } = opened
  const extract = openExtractor(digest)
  const definitions = openTenantDefinitions(storage)
  const validator = houseValidator(opened, clock, definitions)
  const rest = {
    storage: withPersonsHidden({ storage, parse: body => readStored(body.toString('utf8')) }),
    clock,
    digest,
    tokens,
    extract,
    cursorKey: keys.cursor,
    validatorFor: validator.of,
    codesFor: validator.codesOf,
    validation: (tenant: string) => directory.tenants.get(tenant)?.validation ?? 'lenient',
    onWritten: (tenant: string, types: Iterable<string>) => void (definitions.written(tenant, types) && opened.reload(tenant)),
    operations: [everything, fhirpath, ...validateOperations],
    profiles: profilesByType(),
    version,
  }
  const documents = openHouseDocuments(opened.rooms.terminology)
  if (!documents.ok) return documents
  const routes = [
    ...consoleRoutes(opened, extras, extract),
    ...documentRoutes(documentTools(opened, extras, documents.value)),
    ...validateRoutes({ validatorFor: validator.of, documents: documents.value.checker }),
  ]
  const app = consoleApp([...routes, descriptionRoute(routes, version)], {
    tokens,
    tenants: () => storage.tenants(),
    onBug: (error, request, response) => answerBug(error, request, response, { logger, now: () => clock.now() }),
  })
  return ok([
    healthSurface(metrics, opened.isReady, () => metrics.backlog.set(opened.engine.backlog())),
    {
      name: 'oauth',
      fits: path => path === '/oauth2/token',
      handle: (request, response) => handleToken(request, response, { directory, tokens, lockout, storage, clock }),
    },
    smartSurface(),
    fhirSurface(rest),
    { name: 'console', fits: path => path.startsWith('/api/'), handle: (request, response) => app(request, response) },
    staticSurface(extras.portal),
  ])
}

function houseValidator({ rooms, settings, logger }: Opened, clock: Clock, definitions: TenantDefinitions) {
  const onTrouble = (trouble: Fault) => logger.error({ code: trouble.code, ...trouble.args }, 'a FHIR package cannot be used')
  return openHouseValidator(
    { dictionary: rooms.terminology.dictionary, clock, packages: packagesIn(settings.dataDir), onTrouble },
    definitions,
  )
}

function documentTools(
  { storage, rooms, keys, documentsMadeTo }: Opened,
  { clock }: SurfaceExtras,
  documents: HouseDocuments,
): DocumentTools {
  const { writers, specs, checker } = documents
  return {
    storage,
    clock,
    checker,
    specs,
    displayOf: (system, code) => rooms.terminology.dictionary.display(system, code),
    parse: body => readStored(body.toString('utf8')),
    cursorKey: keys.cursor,
    roots: writers.map(({ root }) => root),
    place: documentsMadeTo,
  }
}

function consoleRoutes(opened: Opened, { clock, lockout }: SurfaceExtras, extract: ReturnType<typeof openExtractor>): Route[] {
  const { storage, directory, tokens, engine, log, settings } = opened
  const accounts = { directory, tokens, storage, clock }
  const messages = { storage, log, engine, clock }
  return [
    ...sessionRoutes({ ...accounts, lockout, demo: settings.demo, secureCookie: false }),
    ...accountRoutes(accounts),
    ...auditRoutes(accounts),
    ...channelRoutes({ storage, engine, clock }),
    ...messageRoutes(messages),
    ...parseRoutes(messages),
    ...traceRoutes(messages),
    ...faultRoutes(messages),
    ...replayRoutes(messages),
    ...terminologyRoutes({ storage, clock, terminology: opened.rooms.terminology, reload: opened.reload, recodings: opened.recodings }),
    ...ratingRoutes({
      storage,
      clock,
      channels: () =>
        engine.channels().map(({ id, systems, reach, source, tenant, countsFor }) => ({
          id,
          tenant,
          systems,
          reach,
          source,
          countsFor: countsFor.length > 0 ? countsFor : [tenant],
        })),
      hospitals: () => directory.tenants.all().filter(tenant => tenant.kind === 'hospital'),
    }),
    ...chartRoutes({ storage, clock, digest: opened.digest, cursorKey: opened.keys.cursor, tenant: code => directory.tenants.get(code) }),
    ...identityRoutes({ storage, clock, extract, parse: body => readStored(body.toString('utf8')) }),
  ]
}

function descriptionRoute(routes: readonly Route[], version: string): Route {
  const text = openApi(routes, version)
  return {
    method: 'GET',
    path: '/api/openapi.json',
    right: 'open',
    tag: 'api',
    summary: '本接口的 OpenAPI 描述 · OpenAPI of this API',
    answer: {},
    handle: () => ok(text),
  }
}

function smartSurface(): Surface {
  return {
    name: 'smart',
    fits: path => path === '/.well-known/smart-configuration' || path === '/fhir/.well-known/smart-configuration',
    handle(request, response) {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(smartConfiguration(`http://${request.headers.host ?? 'localhost'}`)))
    },
  }
}
