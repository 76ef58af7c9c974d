// A visit in one line, where a row belongs to it: its lane and department.
import { termOf } from '../../i18n/index.ts'
import { Tag } from '../../ui/tags.tsx'
import { useVisits } from './chart-context.ts'

export function VisitName({ id }: { readonly id: string | undefined }) {
  const visits = useVisits()
  const visit = visits.data?.visits.find(each => each.id === id)
  if (!visit) return <span className="faint">—</span>
  return (
    <span className="row nowrap">
      <Tag tone={`lane-${visit.lane}`}>{termOf('lanes', visit.lane)}</Tag>
      <span className="cut">{visit.department}</span>
    </span>
  )
}
