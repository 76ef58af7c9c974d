// Rights: SMART-style scopes for FHIR data, console rights for the rest, and the roles that bundle them. Deny by default.
import type { Principal } from '#kernel/tenant.ts'

export const consoleRights = [
  'dashboard.read',
  'messages.read',
  'message-bodies.read',
  'messages.replay',
  'messages.send',
  'channels.read',
  'mappings.preview',
  'patients.read',
  'identity.review',
  'documents.read',
  'terminology.read',
  'terminology.write',
  'rating.read',
  'audit.read',
  'admin',
] as const
export type ConsoleRight = (typeof consoleRights)[number]

/** What each portal role may do (docs/guides/security). The administrator manages, but reads no clinical data. */
export const roles: Readonly<Record<string, readonly string[]>> = {
  admin: ['dashboard.read', 'channels.read', 'messages.read', 'audit.read', 'rating.read', 'terminology.read', 'admin'],
  analyst: [
    'dashboard.read',
    'messages.read',
    'message-bodies.read',
    'messages.replay',
    'messages.send',
    'channels.read',
    'mappings.preview',
    'identity.review',
    'terminology.read',
    'terminology.write',
    'documents.read',
    'user/*.read',
  ],
  clinician: ['patients.read', 'documents.read', 'terminology.read', 'user/*.read'],
  quality: ['dashboard.read', 'rating.read', 'documents.read', 'terminology.read', 'channels.read'],
  developer: ['mappings.preview', 'terminology.read', 'user/*.read'],
}

export type Interaction = 'read' | 'write'

/** May the principal read or write this resource type? `*` grants every type. */
export function mayTouch(principal: Principal, interaction: Interaction, type: string): boolean {
  return principal.scopes.some(scope => {
    const match = /^(?:system|user|patient)\/([A-Za-z*]+)\.([a-z*]+)$/.exec(scope)
    if (!match || (match[1] !== '*' && match[1] !== type)) return false
    return covers(match[2]!, interaction)
  })
}

export function hasRight(principal: Principal, right: ConsoleRight): boolean {
  return principal.scopes.includes(right) || principal.scopes.includes('console.*')
}

/** SMART v1 (`read`, `write`, `*`) and v2 (`cruds` letters). */
function covers(permission: string, interaction: Interaction): boolean {
  if (permission === '*' || permission === interaction) return true
  if (!/^c?r?u?d?s?$/.test(permission)) return false
  return interaction === 'read' ? /[rs]/.test(permission) : /[cud]/.test(permission)
}

/** A scope a client may be given: nothing that this list does not know. */
export function isScope(text: string): boolean {
  return (
    (consoleRights as readonly string[]).includes(text) ||
    text === 'console.*' ||
    /^(system|user|patient)\/(\*|[A-Z][A-Za-z]+)\.(read|write|\*|c?r?u?d?s?)$/.test(text)
  )
}
