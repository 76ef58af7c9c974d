// The FHIR surface, read aloud (http.html#summary): every interaction this server answers, in one table.
import { bundle } from './batch.ts'
import { capabilities } from './capabilities.ts'
import { create } from './create.ts'
import { remove, removeConditional } from './delete.ts'
import { historyInstance } from './history-instance.ts'
import { operation } from './operation.ts'
import { read } from './read.ts'
import { compileRoutes, type Route } from './route.ts'
import { searchType } from './search-type.ts'
import { update, updateConditional } from './update.ts'
import { vread } from './vread.ts'

const call = operation('GET')
const invoke = operation('POST')

export const routes: readonly Route[] = [
  { method: 'GET', path: 'metadata', interaction: 'capabilities', touch: 'open', body: 'none', handle: capabilities },
  { method: 'POST', path: '', interaction: 'transaction', touch: 'entries', body: 'resource', handle: bundle },
  { method: 'GET', path: '{type}', interaction: 'search-type', touch: 'read', body: 'none', handle: searchType },
  { method: 'POST', path: '{type}/_search', interaction: 'search-type', touch: 'read', body: 'form', handle: searchType },
  { method: 'GET', path: 'Patient/{compartment}/{type}', interaction: 'search-type', touch: 'read', body: 'none', handle: searchType },
  {
    method: 'POST',
    path: 'Patient/{compartment}/{type}/_search',
    interaction: 'search-type',
    touch: 'read',
    body: 'form',
    handle: searchType,
  },
  { method: 'POST', path: '{type}', interaction: 'create', touch: 'write', body: 'resource', handle: create },
  { method: 'PUT', path: '{type}', interaction: 'update', query: 'needed', touch: 'write', body: 'resource', handle: updateConditional },
  { method: 'DELETE', path: '{type}', interaction: 'delete', query: 'needed', touch: 'write', body: 'none', handle: removeConditional },
  { method: 'GET', path: '{type}/{id}', interaction: 'read', touch: 'read', body: 'none', handle: read },
  { method: 'PUT', path: '{type}/{id}', interaction: 'update', touch: 'write', body: 'resource', handle: update },
  { method: 'DELETE', path: '{type}/{id}', interaction: 'delete', touch: 'write', body: 'none', handle: remove },
  { method: 'GET', path: '{type}/{id}/_history', interaction: 'history-instance', touch: 'read', body: 'none', handle: historyInstance },
  { method: 'GET', path: '{type}/{id}/_history/{version}', interaction: 'vread', touch: 'read', body: 'none', handle: vread },
  { method: 'GET', path: '{type}/{id}/{$operation}', interaction: 'operation', touch: 'read', body: 'none', handle: call },
  { method: 'POST', path: '{type}/{id}/{$operation}', interaction: 'operation', touch: 'read', body: 'resource', handle: invoke },
  { method: 'GET', path: '{type}/{$operation}', interaction: 'operation', touch: 'read', body: 'none', handle: call },
  { method: 'POST', path: '{type}/{$operation}', interaction: 'operation', touch: 'read', body: 'resource', handle: invoke },
  { method: 'GET', path: '{$operation}', interaction: 'operation', touch: 'entries', body: 'none', handle: call },
  { method: 'POST', path: '{$operation}', interaction: 'operation', touch: 'entries', body: 'resource', handle: invoke },
]

export const router = compileRoutes(routes)
