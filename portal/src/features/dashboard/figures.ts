// Figures of a channel as the dashboard counts them.
import type { Channel } from './dashboard-page.tsx'

/** States a message is in trouble with, as the message list filters them. */
export const troubledStatuses = 'failed,rejected,quarantined'

export function troubled({ figures }: Channel): number {
  return figures.failed + figures.rejected + figures.quarantined
}

export function sumOf(channels: readonly Channel[], of: (channel: Channel) => number): number {
  return channels.reduce((sum, channel) => sum + of(channel), 0)
}

/** Messages of the last whole minute. */
export function lastMinute({ perMinute }: Channel): number {
  return perMinute.at(-2) ?? 0
}
