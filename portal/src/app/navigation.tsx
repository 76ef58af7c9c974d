// The pages of the portal: path, right, place in the menu. A page whose right is missing is not shown, and says so when its address is opened.
import {
  ApartmentOutlined,
  AuditOutlined,
  DashboardOutlined,
  ExperimentOutlined,
  FileDoneOutlined,
  FileTextOutlined,
  MessageOutlined,
  SafetyCertificateOutlined,
  SolutionOutlined,
  SwapOutlined,
  TeamOutlined,
  UserSwitchOutlined,
} from '@ant-design/icons'
import type { ComponentType } from 'react'

export type NavigationGroup = 'integration' | 'clinical' | 'governance' | 'system'

export type Destination = {
  readonly name:
    | 'dashboard'
    | 'messages'
    | 'channels'
    | 'mapping'
    | 'validate'
    | 'patients'
    | 'documents'
    | 'identity'
    | 'codes'
    | 'rating'
    | 'accounts'
    | 'audit'
  readonly path: string
  readonly right: string
  readonly group: NavigationGroup
  readonly icon: ComponentType
}

export const destinations: readonly Destination[] = [
  { name: 'dashboard', path: '/dashboard', right: 'dashboard.read', group: 'integration', icon: DashboardOutlined },
  { name: 'messages', path: '/messages', right: 'messages.read', group: 'integration', icon: MessageOutlined },
  { name: 'channels', path: '/channels', right: 'channels.read', group: 'integration', icon: ApartmentOutlined },
  { name: 'mapping', path: '/mapping', right: 'mappings.preview', group: 'integration', icon: ExperimentOutlined },
  { name: 'validate', path: '/validate', right: 'mappings.preview', group: 'integration', icon: FileDoneOutlined },
  { name: 'patients', path: '/patients', right: 'patients.read', group: 'clinical', icon: SolutionOutlined },
  { name: 'documents', path: '/documents', right: 'documents.read', group: 'clinical', icon: FileTextOutlined },
  { name: 'identity', path: '/identity', right: 'identity.review', group: 'governance', icon: UserSwitchOutlined },
  { name: 'codes', path: '/terminology', right: 'terminology.read', group: 'governance', icon: SwapOutlined },
  { name: 'rating', path: '/rating', right: 'rating.read', group: 'governance', icon: SafetyCertificateOutlined },
  { name: 'accounts', path: '/accounts', right: 'admin', group: 'system', icon: TeamOutlined },
  { name: 'audit', path: '/audit', right: 'audit.read', group: 'system', icon: AuditOutlined },
]

export const groups: readonly NavigationGroup[] = ['integration', 'clinical', 'governance', 'system']

/** Where somebody starts: clinicians at the patients, the others at the first page they may see. */
export function homeOf(may: (right: string) => boolean): string | undefined {
  const first = may('patients.read') && !may('dashboard.read') ? destinations.find(each => each.name === 'patients') : undefined
  return (first ?? destinations.find(each => may(each.right)))?.path
}
