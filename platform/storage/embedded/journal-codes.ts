// Numbers that stand for words in the journal's rows. Appended to, never reordered: they are in the files of every installation.
import type { DeliveryStatus } from '#kernel/commit.ts'
import type { MessageStatus } from '#kernel/envelope.ts'

/** `processed` is 0: the partial index of states holds only the others. */
export const messageStatuses: readonly MessageStatus[] = [
  'processed',
  'received',
  'retrying',
  'filtered',
  'failed',
  'duplicate',
  'rejected',
  'quarantined',
]

export const deliveryStatuses: readonly DeliveryStatus[] = ['queued', 'sent', 'failed']
