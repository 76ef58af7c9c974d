// Faults of the store and of the message log.
import type { FaultSpec } from './spec.ts'

export const storageFaults = {
  'store.conflict': {
    category: 'conflict',
    zh: '{subject} 已被其他操作更新（期望版本 {expected}，实际 {found}）',
    en: '{subject} was changed by other work (version {expected} expected, {found} found)',
  },
  'store.claim-held': {
    category: 'conflict',
    issue: 'duplicate',
    zh: '业务主键 {key} 已属于 {holder}',
    en: 'The business key {key} is already held by {holder}',
  },
  'store.tenant-unknown': { category: 'not-found', zh: '没有租户 {tenant}', en: 'There is no tenant {tenant}' },
  'store.full': {
    category: 'unavailable',
    zh: '磁盘已满，无法保存',
    en: 'The disk is full; nothing can be stored',
    hint: {
      zh: '请清理或扩容数据目录所在磁盘；此前确认的数据不受影响',
      en: 'Free or enlarge the disk of the data directory; what was acknowledged is safe',
    },
  },
  'store.unwritable': {
    category: 'unavailable',
    zh: '数据目录不可写（{reason}）',
    en: 'The data directory cannot be written ({reason})',
    hint: {
      zh: '请检查磁盘是否以只读方式挂载、目录属主与权限；此前确认的数据不受影响',
      en: 'Check that the disk is not mounted read-only, and owner and mode of the directory; what was acknowledged is safe',
    },
  },
  'store.record-too-large': {
    category: 'too-large',
    zh: '消息超过 {max} 字节的上限',
    en: 'The message is larger than the limit of {max} bytes',
  },
  'store.sync-failed': {
    category: 'unavailable',
    zh: '数据未能写入磁盘（{reason}）',
    en: 'The data could not be made durable ({reason})',
    hint: { zh: '请检查磁盘健康；写入失败的日志段已封存', en: 'Check the health of the disk; the failed log segment was sealed' },
  },
  'store.locked': {
    category: 'conflict',
    zh: '数据目录 {dir} 正被另一个进程使用',
    en: 'The data directory {dir} is in use by another process',
  },
  'store.newer': {
    category: 'unsupported',
    zh: '数据目录由更新的版本（{found}）写成，本程序只支持到 {known}',
    en: 'The data directory was written by a newer version ({found}); this program knows up to {known}',
  },
  'store.corrupt': {
    category: 'internal',
    zh: '数据损坏：{what}',
    en: 'Corrupt data: {what}',
    hint: { zh: '请从备份恢复，并保留损坏的文件供检查', en: 'Restore from a backup and keep the damaged files for inspection' },
  },
  'store.segment-missing': {
    category: 'internal',
    zh: '消息日志段 {segment} 缺失',
    en: 'Segment {segment} of the message log is missing',
    hint: { zh: '请从备份取回该文件', en: 'Take the file back from a backup' },
  },
  'store.segment-damaged': {
    category: 'internal',
    zh: '消息日志段 {segment} 自第 {offset} 字节起有 {bytes} 字节损坏',
    en: 'Segment {segment} of the message log has {bytes} damaged bytes from byte {offset} on',
    hint: { zh: '请从备份取回该文件', en: 'Take the file back from a backup' },
  },
  'store.message-lost': {
    category: 'internal',
    zh: '消息 {from} 至 {to} 的原文不在日志段 {segment}（自第 {offset} 字节）',
    en: 'The bytes of messages {from} to {to} are not in segment {segment} (from byte {offset} on)',
    hint: { zh: '请从备份取回该文件', en: 'Take the file back from a backup' },
  },
  'store.horizon': {
    category: 'gone',
    issue: 'expired',
    zh: '时间点 {t} 早于搜索保留期',
    en: 'Time {t} lies before the search horizon',
  },
  'store.deadline': {
    category: 'timeout',
    issue: 'too-costly',
    zh: '查询超过 {ms} 毫秒的时限',
    en: 'The search ran over its deadline of {ms} ms',
    hint: { zh: '请缩小查询范围', en: 'Narrow the search' },
  },
  'store.cursor': { category: 'incorrect', issue: 'value', zh: '分页标记无效', en: 'The page cursor is not valid' },
  'store.overloaded': {
    category: 'busy',
    zh: '等待写入的任务过多（上限 {max}），请稍后重试',
    en: 'Too many commits are waiting (limit {max}); try again later',
  },
  'store.writer-lost': {
    category: 'unavailable',
    zh: '存储写线程已停止（{reason}），未确认的写入没有生效或需要核对',
    en: 'The writer of the store has stopped ({reason}); work that was not confirmed may be missing',
    hint: { zh: '请重启程序；已确认的数据不受影响', en: 'Restart the program; what was confirmed is safe' },
  },
  'store.backup': { category: 'unprocessable', zh: '备份失败：{reason}', en: 'The backup failed: {reason}' },
  'store.restore': { category: 'unprocessable', zh: '恢复失败：{reason}', en: 'The restore failed: {reason}' },
  'store.closed': { category: 'unavailable', zh: '存储已关闭', en: 'The store is closed' },
} satisfies Record<string, FaultSpec>
