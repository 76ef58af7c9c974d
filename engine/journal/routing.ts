// Whose message is it: the channel by sender, the tenant by channel or sending facility, and whether that facility may send from that address.
import { type Fault, fault } from '#kernel/fault.ts'
import { defaultTenant, type TenantCode } from '#kernel/tenant.ts'
import type { Channel } from '../channels/channel.ts'

export type FacilityBinding = { readonly code: string; readonly tenant: TenantCode; readonly addresses: readonly string[] }

export type RoutingTools = {
  readonly channels: readonly Channel[]
  /** The facility a sender's name means, if one is registered. */
  readonly facility: (name: string) => FacilityBinding | undefined
  readonly isLoopback: (address: string) => boolean
}

export type Route = {
  readonly channel: Channel
  readonly tenant: TenantCode
  readonly facility: string
  readonly source: string
  readonly quarantine: Fault | undefined
}

/** The built-in channel, whose listener all senders share. */
export const sharedChannel = 'default'

/**
 * What comes through a channel's own door belongs to that channel, whoever it says it is from. A message on the shared listener belongs to the
 * first channel that names its sender; else to the shared channel itself, and to the tenant of the facility.
 */
export function routeMessage(
  sender: { application: string; facility: string; address: string },
  door: Channel,
  tools: RoutingTools,
): Route {
  const named = door.id === sharedChannel ? tools.channels.find(channel => channel.senders.some(one => fits(one, sender))) : door
  const channel = named ?? door
  const facility = tools.facility(sender.facility)
  const tenant = named ? named.tenant : (facility?.tenant ?? defaultTenant)
  const source = named ? named.source : sourceName(sender)
  return { channel, tenant, facility: sender.facility || channel.facility, source, quarantine: quarantine(sender, facility, tools) }
}

/** Bound senders must come from their addresses; beyond loopback an unbound sender is quarantined. */
function quarantine(
  sender: { facility: string; address: string },
  facility: FacilityBinding | undefined,
  tools: RoutingTools,
): Fault | undefined {
  const bound = facility !== undefined && facility.addresses.length > 0
  const known = bound ? facility.addresses.some(address => sameAddress(address, sender.address)) : tools.isLoopback(sender.address)
  return known ? undefined : fault('sender.quarantined', { args: { facility: sender.facility || '-', address: sender.address } })
}

function sameAddress(bound: string, actual: string): boolean {
  return bound === actual.replace(/^::ffff:/, '')
}

function fits(one: { application?: string; facility?: string }, sender: { application: string; facility: string }): boolean {
  return (
    (one.application === undefined || one.application === sender.application) &&
    (one.facility === undefined || one.facility === sender.facility)
  )
}

function sourceName(sender: { application: string; facility: string }): string {
  const name = [sender.facility, sender.application]
    .filter(Boolean)
    .join('-')
    .toUpperCase()
    .replace(/[^A-Z0-9-]/g, '')
    .slice(0, 40)
  return name === '' ? 'UNKNOWN' : name
}
