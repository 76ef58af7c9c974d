// What SQLite and the file system throw, as faults (sqlite.org/rescode.html): full, failing and read-only disks and damage are the operator's, everything
// else is a bug.
import { type Fault, fault } from '#kernel/fault.ts'
import { type Failed, failed } from '#kernel/result.ts'

const readOnly = 8
const ioError = 10
const corrupt = 11
const full = 13
const cannotOpen = 14
const notADatabase = 26

/** The fault of a thrown error; undefined when it is a bug of ours, to be thrown on or refused as one. */
export function diskFault(error: unknown): Fault | undefined {
  const { errcode, code, message, syscall } = error as { errcode?: number; code?: string; message?: string; syscall?: string }
  const primary = errcode === undefined ? undefined : errcode & 0xff
  const reason = message ?? String(error)
  if (primary === full || code === 'ENOSPC' || code === 'EDQUOT') return fault('store.full')
  if (primary === ioError || code === 'EIO') return fault('store.sync-failed', { args: { reason } })
  if (primary === corrupt || primary === notADatabase) return fault('store.corrupt', { args: { what: reason } })
  if (primary === readOnly || primary === cannotOpen || syscall !== undefined) return fault('store.unwritable', { args: { reason } })
  return undefined
}

export function faultOf(error: unknown): Failed {
  const found = diskFault(error)
  if (found) return failed(found)
  throw error
}

/** Work that can wait: what the disk refuses now is done another time. */
export function unlessRefused<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (diskFault(error)) return undefined
    throw error
  }
}
