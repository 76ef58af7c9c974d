// JSON Schema of channel.yaml, with its defaults: validation, the console's form and docs/guides/channels are made from it.
import { limits } from '#kernel/limits.ts'

const text = { type: 'string', minLength: 1, maxLength: 200 }
const paths = { type: 'array', items: text, maxItems: 16, default: [] }
const connector = { type: 'object', required: ['kind'], properties: { kind: text } }

export const channelSchema = {
  $id: 'https://huilian.example/schemas/channel.json',
  title: '通道 · Channel',
  type: 'object',
  additionalProperties: false,
  required: ['id', 'name', 'tenant', 'facility', 'source', 'format', 'connector'],
  properties: {
    id: {
      type: 'string',
      pattern: '^[a-z][a-z0-9-]{1,40}$',
      description: '通道标识，用于地址与记录 · names the channel in URLs and records',
    },
    name: { type: 'object', additionalProperties: false, required: ['zh', 'en'], properties: { zh: text, en: text } },
    systems: { type: 'array', items: text, default: [], description: '计入互联互通测评的系统 · systems it counts for in the rating' },
    reach: {
      enum: ['internal', 'external'],
      default: 'internal',
      description: '院内系统或外部机构 · inside the hospital or another institution',
    },
    countsFor: {
      type: 'array',
      items: text,
      default: [],
      description: '计入哪些医院的测评，空为本租户 · tenants whose rating it counts for; empty: its own',
    },
    tenant: { type: 'string', pattern: '^[A-Z][A-Z0-9_-]{0,15}$' },
    facility: text,
    source: {
      type: 'string',
      pattern: '^[A-Z][A-Z0-9-]{1,40}$',
      description: '来源系统，用于权威表 · name of the source in the authority table',
    },
    format: { enum: ['hl7v2', 'json'] },
    connector,
    senders: {
      type: 'array',
      default: [],
      items: { type: 'object', additionalProperties: false, minProperties: 1, properties: { application: text, facility: text } },
      description: '共用端口上的发送方（MSH-3、MSH-4）· senders on a shared listener',
    },
    zone: { ...text, default: 'Asia/Shanghai', description: '无时区偏移的时间所属时区 · zone of times without offset' },
    types: { type: 'array', items: text, default: [] },
    overlay: text,
    orderKey: { ...paths, description: '决定处理顺序的源字段 · source fields that decide the lanes' },
    tags: {
      type: 'object',
      additionalProperties: false,
      default: {},
      properties: { patient: paths, visit: paths, order: paths },
      description: '消息检索用的源字段 · source fields the console finds messages by',
    },
    envelope: {
      type: 'object',
      additionalProperties: false,
      default: {},
      properties: {
        type: { type: 'string', default: '' },
        controlId: { type: 'string', default: '' },
        time: { type: 'string', default: '' },
      },
      description: 'JSON 信封中的类型、流水号与时间字段 · type, control id and time members of a JSON envelope',
    },
    schema: text,
    onFailure: {
      enum: ['go-on', 'block'],
      default: 'go-on',
      description: '失败后继续或暂停该患者 · what a lane does after a permanent failure',
    },
    validation: {
      enum: ['strict', 'lenient', 'off'],
      default: 'off',
      description: '入库前的校验：有错误则失败、只记录、不校验 · what the validator finds fails the message, is noted, is not looked for',
    },
    acknowledge: { enum: ['when-stored', 'when-processed'], default: 'when-stored' },
    destinations: {
      type: 'array',
      default: [],
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'connector'],
        properties: {
          id: { type: 'string', pattern: '^[a-z][a-z0-9-]{1,40}$' },
          connector,
          types: { type: 'array', items: text, default: [] },
          retryDelayMsMax: { type: 'integer', minimum: 100, maximum: 3_600_000, default: limits.retryDelayMsMax },
        },
      },
    },
    limits: {
      type: 'object',
      additionalProperties: false,
      default: {},
      properties: {
        frameBytesMax: { type: 'integer', minimum: 1_000, maximum: limits.frameBytesMax, default: limits.frameBytesMax },
        frameIdleMsMax: { type: 'integer', minimum: 100, maximum: 600_000, default: limits.frameIdleMsMax },
      },
    },
    silentAfterMinutes: { type: 'integer', minimum: 0, maximum: 100_000, default: 0 },
  },
} as const
