// Candidates side by side: what does not agree is marked by sign and colour; what the card itself says stands beside them.
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { termOf } from '../../i18n/index.ts'
import { datedText } from '../../ui/shanghai.ts'
import { type Candidate, differences, type FieldName, fieldNames, masked } from './candidate.ts'

const numbers: ReadonlySet<FieldName> = new Set(['card', 'other', 'phone'])

export function Comparison({
  candidates,
  tenant,
  titles,
  open,
}: {
  readonly candidates: readonly Candidate[]
  readonly tenant: string
  readonly titles: readonly string[]
  /** Numbers in full. */
  readonly open: boolean
}) {
  const { t } = useTranslation()
  const differing = differences(candidates)
  const shown = fieldNames.filter(name => candidates.some(({ fields }) => fields[name]?.length))
  return (
    <table className="comparison" aria-label={t('identity.comparison')}>
      <thead>
        <tr>
          <th scope="col" className="comparison-field" />
          {candidates.map(({ id, kind }, i) => (
            <th key={id} scope="col" className={kind}>
              <div>{titles[i]}</div>
              {kind === 'patient' && (
                <Link className="mono" to={`/resources/${tenant}/Patient/${id}`} title={t('resource.open')}>
                  {`${id.slice(0, 8)}…`}
                </Link>
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.map(name => (
          <tr key={name} className={differing.has(name) ? 'differing' : ''}>
            <th scope="row">
              <span className="sign" role="img" aria-label={differing.has(name) ? t('identity.differs') : t('identity.agrees')}>
                {differing.has(name) ? '≠' : ''}
              </span>
              {t(`identity.field.${name}`)}
            </th>
            {candidates.map(candidate => (
              <td key={candidate.id} className={candidate.kind}>
                {(candidate.fields[name] ?? []).map((value, i) => (
                  <Fragment key={value}>
                    {i > 0 && <br />}
                    <Value name={name} value={value} open={open} />
                  </Fragment>
                ))}
                {candidate.fields[name]?.length === 0 && <span className="faint">—</span>}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Value({ name, value, open }: { readonly name: FieldName; readonly value: string; readonly open: boolean }) {
  if (numbers.has(name)) return <span className="mono">{open ? value : masked(value)}</span>
  if (name === 'record') return <span className="mono">{value}</span>
  if (name === 'gender') return <>{termOf('identity.gender', value)}</>
  if (name === 'state') return <>{termOf('identity.state', value)}</>
  if (name === 'updated') return <>{datedText(value, true)}</>
  if (name === 'links') return <LinkValue value={value} />
  return <>{value}</>
}

function LinkValue({ value }: { readonly value: string }) {
  const [type = '', reference = ''] = value.split(' ')
  return (
    <>
      {termOf('identity.link', type)} <span className="mono faint">{reference.replace('Patient/', '').slice(0, 8)}…</span>
    </>
  )
}
