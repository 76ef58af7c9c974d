// Faults of configuration, HTTP and security that no other area owns.
import type { FaultSpec } from './spec.ts'

export const platformFaults = {
  'config.invalid': {
    category: 'incorrect',
    zh: '配置项 {name} 无效：{reason}',
    en: 'The setting {name} is not valid: {reason}',
  },
  'http.not-found': { category: 'not-found', zh: '没有这个地址', en: 'There is nothing at this address' },
  'http.method': { category: 'unsupported', http: 405, zh: '该地址不接受 {method}', en: 'This address does not take {method}' },
  'http.too-large': { category: 'too-large', zh: '请求正文超过 {max} 字节', en: 'The request body is larger than {max} bytes' },
  'http.parameter': { category: 'incorrect', zh: '参数 {name} 无效：{reason}', en: 'The parameter {name} is not valid: {reason}' },
  'auth.required': {
    category: 'unauthorized',
    zh: '需要登录或访问令牌',
    en: 'An access token is needed',
    hint: { zh: '用 POST /oauth2/token 取得令牌', en: 'Get one at POST /oauth2/token' },
  },
  'auth.invalid-token': { category: 'unauthorized', zh: '令牌无效或已过期', en: 'The token is not valid or has expired' },
  'auth.invalid-client': { category: 'unauthorized', zh: '客户端或密钥不正确', en: 'The client or its secret is wrong' },
  'auth.invalid-login': { category: 'unauthorized', zh: '用户名或密码不正确', en: 'The user name or password is wrong' },
  'auth.locked': {
    category: 'forbidden',
    zh: '连续失败次数过多，账号锁定 {minutes} 分钟',
    en: 'Locked for {minutes} minutes after too many failures',
  },
  'auth.weak-password': { category: 'incorrect', zh: '密码不符合规则：{reason}', en: 'The password breaks a rule: {reason}' },
  'auth.scope': { category: 'forbidden', zh: '没有权限：{scope}', en: 'Not permitted: {scope}' },
  'auth.tenant': { category: 'forbidden', zh: '无权访问租户 {tenant}', en: 'No access to tenant {tenant}' },
  'audit.overloaded': { category: 'busy', zh: '审计队列已满，暂停读取', en: 'The audit queue is full; reads are refused until it drains' },
  'internal.bug': {
    category: 'internal',
    zh: '程序内部错误（{reference}）',
    en: 'Internal error ({reference})',
    hint: { zh: '请将编号交给技术支持', en: 'Give the reference to support' },
  },
} satisfies Record<string, FaultSpec>
