// Faults of the terminology room: seeds, dictionary, concept maps.
import type { FaultSpec } from './spec.ts'

export const terminologyFaults = {
  'terminology.seed-invalid': {
    category: 'internal',
    zh: '术语种子数据有误：{findings}',
    en: 'The terminology seeds are not clean: {findings}',
  },
  'terminology.system-unknown': {
    category: 'not-found',
    issue: 'not-found',
    zh: '没有代码系统 {system}',
    en: 'There is no code system {system}',
  },
  'terminology.code-unknown': {
    category: 'unprocessable',
    issue: 'code-invalid',
    zh: '代码系统 {system} 中没有代码 {code}',
    en: 'Code system {system} has no code {code}',
  },
  'terminology.display-wrong': {
    category: 'unprocessable',
    issue: 'invalid',
    zh: '{system} 的代码 {code} 应为“{expected}”，不是“{found}”',
    en: 'The display of {code} in {system} is “{expected}”, not “{found}”',
  },
  'terminology.map-unknown': { category: 'not-found', zh: '没有代码对照表 {map}', en: 'There is no concept map {map}' },
  'terminology.target-foreign': {
    category: 'incorrect',
    zh: '对照表 {map} 的目标应属于 {expected}，不是 {found}',
    en: 'Targets of concept map {map} belong to {expected}, not to {found}',
  },
  'terminology.edit-invalid': { category: 'internal', zh: '无法读取代码对照记录 {key}', en: 'The concept map record {key} cannot be read' },
  'terminology.expansion-too-large': {
    category: 'too-large',
    issue: 'too-costly',
    zh: '展开结果有 {count} 个代码，超过上限 {max}，请分页',
    en: 'The expansion has {count} codes, more than {max}: ask for pages',
  },
} satisfies Record<string, FaultSpec>
