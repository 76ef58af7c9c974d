// Numbers unmasked: a reason first, and the look is kept in the audit trail. Shown once, then masked again.
import { useMutation } from '@tanstack/react-query'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Problem } from '../../api/client.ts'
import { termOf } from '../../i18n/index.ts'
import { ProblemView } from '../../ui/state.tsx'
import { useChart } from './chart-context.ts'

export function Reveal() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className="link" onClick={() => setOpen(true)}>
        {t('chart.reveal')}
      </button>
      {open && <RevealDialog onClose={() => setOpen(false)} />}
    </>
  )
}

function RevealDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const { name } = useChart()
  const [reason, setReason] = useState('')
  const reveal = useMutation({
    mutationFn: () => answerOf(api.POST('/api/patients/{tenant}/{id}/reveal', { params: { path: name }, body: { reason: reason.trim() } })),
  })
  return (
    <Modal open title={t('chart.revealTitle')} footer={null} onCancel={onClose} width={460}>
      {reveal.data ? (
        <dl className="revealed">
          {reveal.data.identifiers.map(({ label, value }) => (
            <Line key={`${label} ${value}`} name={termOf('identifierTypes', label)} value={value} />
          ))}
          {reveal.data.phones.map(({ value }) => (
            <Line key={value} name={t('chart.phone')} value={value} />
          ))}
          {reveal.data.addresses.map(address => (
            <Line key={address} name={t('chart.address')} value={address} />
          ))}
          {reveal.data.contacts.map(contact => (
            <Line key={contact.phone} name={t('chart.contact')} value={`${contact.name} ${contact.phone}`} />
          ))}
        </dl>
      ) : (
        <form
          onSubmit={event => {
            event.preventDefault()
            reveal.mutate()
          }}
        >
          <p className="faint">{t('chart.revealHint')}</p>
          <Input.TextArea
            autoFocus
            rows={2}
            maxLength={200}
            aria-label={t('chart.revealReason')}
            placeholder={t('chart.revealReason')}
            value={reason}
            onChange={event => setReason(event.target.value)}
          />
          {reveal.error && <ProblemView problem={reveal.error as Problem} />}
          <div className="row" style={{ justifyContent: 'flex-end', marginTop: 10 }}>
            <Button onClick={onClose}>{t('ui.cancel')}</Button>
            <Button type="primary" htmlType="submit" loading={reveal.isPending} disabled={reason.trim().length < 2}>
              {t('chart.reveal')}
            </Button>
          </div>
        </form>
      )}
    </Modal>
  )
}

function Line({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt className="faint">{name}</dt>
      <dd className="mono">{value}</dd>
    </div>
  )
}
