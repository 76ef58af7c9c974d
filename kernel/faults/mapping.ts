// Faults of mapping plans: when they are checked at save, and when one meets a message.
import type { FaultSpec } from './spec.ts'

export const mappingFaults = {
  'plan.syntax': { category: 'incorrect', zh: '{file} 第 {line} 行：{reason}', en: '{file} line {line}: {reason}' },
  'plan.unknown': { category: 'not-found', zh: '没有映射方案 {plan}', en: 'There is no mapping plan {plan}' },
  'plan.rule-invalid': {
    category: 'incorrect',
    zh: '{file} 第 {line} 行，规则 {rule}：{reason}',
    en: '{file} line {line}, rule {rule}: {reason}',
  },
  'json.type-unsupported': {
    category: 'incorrect',
    zh: '没有处理 {type} 的映射方案',
    en: 'No mapping plan takes {type}',
    hint: {
      zh: '为该接入系统增加方案后重放；消息已保留',
      en: 'Add a plan to the connected system and replay; the message is kept',
    },
  },
  'map.key-missing': {
    category: 'unprocessable',
    ack: 'AE',
    error: '101',
    zh: '{type} 缺少业务主键（{key}）',
    en: '{type} has no business key ({key})',
    hint: {
      zh: '请发送方补全该字段后重发，或修改方案的 key',
      en: "Have the sender fill the field and send again, or change the plan's key",
    },
  },
  'map.value-invalid': {
    category: 'unprocessable',
    ack: 'AE',
    error: '102',
    zh: '规则 {rule} 无法转换 {source} 的值',
    en: 'Rule {rule} cannot convert the value of {source}',
  },
  'map.element-missing': {
    category: 'unprocessable',
    zh: '规则 {rule} 的结果缺少必需的 {element}，未写入',
    en: 'What rule {rule} makes lacks {element}, which is required; it was left out',
  },
  'map.code-unmapped': {
    category: 'unprocessable',
    zh: '代码表 {map} 没有代码 {value}',
    en: 'Code map {map} has no entry for {value}',
    hint: { zh: '在“代码缺口”中补充对照后重放', en: 'Fill the gap in the code work list, then replay' },
  },
} satisfies Record<string, FaultSpec>
