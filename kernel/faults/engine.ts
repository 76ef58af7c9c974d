// Faults of channels, journal, log, pipeline and outbox.
import type { FaultSpec } from './spec.ts'

export const engineFaults = {
  'channel.unknown': { category: 'not-found', zh: '没有名为 {channel} 的通道', en: 'There is no channel {channel}' },
  'channel.invalid': {
    category: 'incorrect',
    zh: '通道定义 {channel} 无效：{reason}',
    en: 'The definition of channel {channel} is not valid: {reason}',
  },
  'channel.format': {
    category: 'incorrect',
    zh: '通道 {channel} 只接收 {format}',
    en: 'Channel {channel} takes {format} only',
  },
  'sender.quarantined': {
    category: 'forbidden',
    ack: 'AR',
    zh: '发送机构 {facility} 未与来源地址 {address} 绑定，消息已隔离',
    en: 'Facility {facility} is not bound to the source address {address}; the message is quarantined',
    hint: { zh: '在“机构”中登记该地址后重放', en: 'Bind the address to the facility, then replay' },
  },
  'message.unknown': { category: 'not-found', zh: '没有消息 {id}', en: 'There is no message {id}' },
  'message.not-replayable': {
    category: 'unprocessable',
    zh: '消息 {id} 处于状态 {status}，不能重放',
    en: 'Message {id} is in state {status} and cannot be replayed',
  },
  'message.processing-timeout': {
    category: 'timeout',
    zh: '消息在 {ms} 毫秒内未处理完；已保存，将继续处理',
    en: 'The message was not processed within {ms} ms; it is safe and will be processed',
  },
  'message.lane-blocked': {
    category: 'unavailable',
    zh: '前一条消息 {message} 失败，该患者的处理按通道规则暂停',
    en: 'Held back behind the failed message {message}, as the channel demands',
  },
  'json.malformed': {
    category: 'incorrect',
    zh: 'JSON 在第 {line} 行第 {column} 列有语法错误',
    en: 'JSON syntax error at line {line}, column {column}',
  },
  'json.too-deep': { category: 'incorrect', zh: 'JSON 嵌套超过 {max} 层', en: 'The JSON is nested deeper than {max} levels' },
  'json.field-missing': { category: 'incorrect', zh: '缺少必需的字段 {field}', en: 'The required field {field} is missing' },
  'json.value-invalid': {
    category: 'incorrect',
    zh: '字段 {field} 的值不符合约定：{reason}',
    en: 'The value of {field} breaks the contract: {reason}',
  },
  'json.duplicate-key': { category: 'incorrect', zh: '字段 {field} 重复出现', en: 'The member {field} occurs twice' },
  'destination.refused': {
    category: 'unprocessable',
    zh: '目的系统 {destination} 拒收：{code}',
    en: 'Destination {destination} refused the message: {code}',
  },
  'destination.unreachable': {
    category: 'unavailable',
    zh: '无法连接目的系统 {destination}',
    en: 'Destination {destination} cannot be reached',
  },
  'destination.no-answer': {
    category: 'timeout',
    zh: '目的系统 {destination} 在 {ms} 毫秒内没有应答',
    en: 'Destination {destination} did not answer within {ms} ms',
  },
  'engine.overloaded': { category: 'busy', zh: '积压达到上限，请稍后重发', en: 'The backlog is at its limit; send again later' },
  'engine.stopping': { category: 'unavailable', zh: '平台正在停止', en: 'The platform is stopping' },
} satisfies Record<string, FaultSpec>
