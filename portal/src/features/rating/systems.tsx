// Every system that counts: the connected ones with the messages that prove it, the others so that one sees what is missing.
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { CountableSystem } from './evidence.tsx'
import type { Finding } from './rating-page.tsx'

export function Systems({ systems, evidence }: { readonly systems: readonly CountableSystem[]; readonly evidence: Finding['evidence'] }) {
  const { t } = useTranslation()
  const proofs = new Map(evidence.map(each => [each.label, each]))
  const connected = systems.filter(system => proofs.has(system.id))
  const missing = systems.filter(system => !proofs.has(system.id))
  return (
    <div className="systems">
      <h3>
        <span className="good">✓</span> {t('rating.connected', { count: connected.length })}
      </h3>
      <ul>
        {connected.map(({ id, name }) => {
          const proof = proofs.get(id)!
          const [channel, count = '0'] = proof.value.split(': ')
          return (
            <li key={id} className="connected">
              <Link to={proof.href}>{name}</Link>
              <small className="faint">
                <span className="mono">{channel}</span> · {t('rating.messages', { count: Number(count).toLocaleString('en-US') as never })}
              </small>
            </li>
          )
        })}
      </ul>
      <h3>
        <span className="faint">○</span> {t('rating.missing', { count: missing.length })}
      </h3>
      <ul>
        {missing.map(({ id, name }) => (
          <li key={id} className="faint">
            {name}
          </li>
        ))}
      </ul>
    </div>
  )
}
