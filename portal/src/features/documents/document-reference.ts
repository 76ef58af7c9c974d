// What the register says of a document: whether it still stands, and whose it is. Read from the DocumentReference by those who may.
import type { Json } from '../../json/exact.ts'
import { useVersions } from '../resource/versions.ts'

export type Reference = { readonly status: string; readonly patient: string | undefined }

/** Empty until it is known, and for those who may not read it. */
export function useReference({ tenant, id }: { readonly tenant: string; readonly id: string }): Reference {
  const versions = useVersions({ tenant, type: 'DocumentReference', id })
  const body = memberOf(versions.data?.find(version => version.body !== undefined)?.body)
  const subject = textOf(memberOf(body['subject'])['reference'])
  const [type, patient] = subject.split('/')
  return { status: textOf(body['status']), patient: type === 'Patient' ? patient : undefined }
}

function memberOf(value: Json | undefined): { readonly [name: string]: Json | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as { [name: string]: Json }) : {}
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}
