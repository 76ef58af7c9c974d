// Faults of the FHIR API and repository (http.html, search.html of FHIR R4).
import type { FaultSpec } from './spec.ts'

export const fhirFaults = {
  'fhir.syntax': {
    category: 'incorrect',
    issue: 'structure',
    zh: '不是有效的 FHIR {format}：{reason}',
    en: 'Not valid FHIR {format}: {reason}',
  },
  'fhir.type-unknown': { category: 'not-found', issue: 'not-supported', zh: '没有资源类型 {type}', en: 'There is no resource type {type}' },
  'fhir.type-mismatch': {
    category: 'incorrect',
    zh: '请求地址要求 {expected}，正文却是 {found}',
    en: 'The URL asks for {expected} but the body is {found}',
  },
  'fhir.id-mismatch': {
    category: 'incorrect',
    zh: '正文的 id {found} 与地址中的 {expected} 不同',
    en: 'The id {found} in the body differs from {expected} in the URL',
  },
  'fhir.id-invalid': { category: 'incorrect', issue: 'value', zh: '无效的资源 id：{id}', en: 'Not a valid resource id: {id}' },
  'fhir.unknown': { category: 'not-found', zh: '没有 {type}/{id}', en: '{type}/{id} is not known' },
  'fhir.deleted': { category: 'gone', zh: '{type}/{id} 已删除', en: '{type}/{id} has been deleted' },
  'fhir.version-unknown': {
    category: 'not-found',
    zh: '{type}/{id} 没有版本 {version}',
    en: '{type}/{id} has no version {version}',
  },
  'fhir.version-conflict': {
    category: 'precondition-failed',
    zh: '{type}/{id} 的当前版本是 {current}，不是 {expected}',
    en: 'The current version of {type}/{id} is {current}, not {expected}',
  },
  'fhir.multiple-matches': {
    category: 'precondition-failed',
    issue: 'multiple-matches',
    zh: '条件匹配到 {count} 个 {type}',
    en: 'The condition matches {count} {type} resources',
  },
  'fhir.ambiguous-tenant': {
    category: 'conflict',
    issue: 'multiple-matches',
    zh: '{type}/{id} 同时存在于租户 {tenants}',
    en: '{type}/{id} exists in the tenants {tenants}',
    hint: { zh: '请使用 /tenants/…/fhir', en: 'Ask /tenants/…/fhir instead' },
  },
  'fhir.parameter-unknown': {
    category: 'incorrect',
    issue: 'not-supported',
    zh: '{type} 没有查询参数 {parameter}',
    en: '{type} has no search parameter {parameter}',
  },
  'fhir.parameter-value': {
    category: 'incorrect',
    issue: 'value',
    zh: '查询参数 {parameter} 的值无效',
    en: 'The value of search parameter {parameter} is not valid',
  },
  'fhir.modifier-unsupported': {
    category: 'incorrect',
    issue: 'not-supported',
    zh: '查询参数 {parameter} 不支持修饰符 {modifier}',
    en: 'Search parameter {parameter} does not take the modifier {modifier}',
  },
  'fhir.page-expired': {
    category: 'gone',
    issue: 'expired',
    zh: '该分页的时间点早于搜索保留期，请重新查询',
    en: 'The page belongs to a time before the search horizon; search again',
  },
  'fhir.interaction-unsupported': {
    category: 'unsupported',
    http: 405,
    zh: '不支持 {method} {path}',
    en: '{method} {path} is not supported',
  },
  'fhir.operation-unknown': {
    category: 'not-found',
    issue: 'not-supported',
    zh: '没有操作 {operation}',
    en: 'There is no operation {operation}',
  },
  'fhir.bundle-invalid': { category: 'incorrect', zh: 'Bundle 无效：{reason}', en: 'The Bundle is not valid: {reason}' },
  'fhir.reference-unresolved': {
    category: 'incorrect',
    issue: 'not-found',
    zh: '事务中的引用 {reference} 无法解析',
    en: 'The reference {reference} of the transaction cannot be resolved',
  },
  'fhir.invalid': { category: 'unprocessable', issue: 'invariant', zh: '资源未通过校验', en: 'The resource is not valid' },
  'fhir.media-type': {
    category: 'incorrect',
    http: 415,
    issue: 'not-supported',
    zh: '不支持的媒体类型 {type}',
    en: 'Media type {type} is not supported',
  },
  'fhir.not-acceptable': {
    category: 'incorrect',
    http: 406,
    issue: 'not-supported',
    zh: '无法以 {type} 应答',
    en: 'Cannot answer as {type}',
  },
} satisfies Record<string, FaultSpec>
