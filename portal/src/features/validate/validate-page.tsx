// The validator: HL7 v2, FHIR or CDA pasted on the left, findings on the right, each leading to its place.
import { App, Button, Upload } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EditView } from '../../code/lazy.tsx'
import type { Syntax } from '../../code/marks.ts'
import { Page } from '../../ui/page.tsx'
import { Frame } from '../../ui/panel.tsx'
import { Empty, ProblemView, Waiting } from '../../ui/state.tsx'
import { Tag } from '../../ui/tags.tsx'
import { WordField } from '../../ui/word-field.tsx'
import { Findings } from './findings.tsx'
import { lineStarts, marksOf, placeOf } from './places.ts'
import { type SampleName, samples } from './samples.ts'
import { type Finding, useValidation, type Validation } from './use-validation.ts'
import './validate.css'

const fileMegabytesMax = 8
const sampleNames = Object.keys(samples) as readonly SampleName[]

export default function ValidatePage() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [text, setText] = useState('')
  const [file, setFile] = useState<File>()
  const [profile, setProfile] = useState<string>()
  const [chosen, choose] = useState<Finding>()
  const validation = useValidation(text, file, profile)
  const isEmpty = text.trim() === '' && !file
  const answer = isEmpty ? undefined : validation.data
  const shown = file && answer?.text !== undefined ? answer.text : text
  const write = (next: string) => {
    if (next === shown.replace(/\r\n?/g, '\n')) return
    setFile(undefined)
    setText(next)
    choose(undefined)
  }
  /** False: the browser does not send the file anywhere by itself. */
  const open = (next: File): false => {
    if (next.size > fileMegabytesMax * 1024 * 1024) {
      void message.error(t('validate.tooLarge', { max: fileMegabytesMax }))
      return false
    }
    setText('')
    setFile(next)
    choose(undefined)
    return false
  }
  const { marks, reveal } = usePlaces(answer, shown, chosen)
  return (
    <Page fill title={t('navigation.validate')} sub={answer ? <Verdict answer={answer} file={file} /> : t('validate.about')}>
      <div className="filters">
        <Upload showUploadList={false} beforeUpload={open}>
          <Button>{t('validate.file')}</Button>
        </Upload>
        <span className="faint">{t('validate.sample')}</span>
        {sampleNames.map(name => (
          <Button key={name} type="dashed" onClick={() => write(samples[name])}>
            {t(`validate.samples.${name}`)}
          </Button>
        ))}
        <WordField width={340} label={t('validate.profile')} value={profile} onChange={setProfile} />
        {!isEmpty && (
          <Button type="link" onClick={() => write('')}>
            {t('validate.clear')}
          </Button>
        )}
      </div>
      <div className="columns validate-columns fill">
        <Frame className="flush source" label={t('validate.input')}>
          <div className="source-text">
            <EditView
              label={t('validate.input')}
              hint={t('validate.paste')}
              text={shown}
              syntax={syntaxOf(answer?.kind)}
              marks={marks}
              reveal={reveal}
              onChange={write}
              onFile={open}
            />
          </div>
        </Frame>
        <Frame className="flush scroll" title={t('validate.findings')} extra={answer && <Counts findings={answer.findings} />}>
          {isEmpty && <Empty words={t('validate.waiting')} />}
          {!isEmpty && validation.error && <ProblemView problem={validation.error} onRetry={() => void validation.refetch()} />}
          {!isEmpty && !validation.error && !answer && <Waiting rows={6} />}
          {answer && <Findings findings={answer.findings} chosen={chosen} onChoose={choose} />}
        </Frame>
      </div>
    </Page>
  )
}

function usePlaces(answer: Validation | undefined, text: string, chosen: Finding | undefined) {
  const findings = answer?.findings
  const marks = useMemo(() => marksOf(findings ?? [], text, chosen), [findings, text, chosen])
  const reveal = useMemo(() => (chosen ? placeOf(chosen, text, lineStarts(text)) : undefined), [chosen, text])
  return { marks, reveal }
}

function syntaxOf(kind: Validation['kind'] | undefined): Syntax {
  if (kind === 'hl7v2') return 'hl7v2'
  if (kind === 'fhir-json') return 'json'
  return kind === 'fhir-xml' || kind === 'cda' ? 'xml' : 'plain'
}

function Verdict({ answer, file }: { readonly answer: Validation; readonly file: File | undefined }) {
  const { t } = useTranslation()
  return (
    <span className="row">
      <Tag tone={answer.valid ? 'good' : 'bad'} sign={answer.valid ? '✓' : '✕'}>
        {t(answer.valid ? 'validate.valid' : 'validate.invalid')}
      </Tag>
      <b>
        {t(`validate.kinds.${answer.kind}`)} {answer.name}
      </b>
      {file && <span className="faint">{t('validate.fromFile', { name: file.name, charset: answer.charset ?? '' })}</span>}
    </span>
  )
}

const severities = ['fatal', 'error', 'warning', 'information'] as const

function Counts({ findings }: { readonly findings: readonly Finding[] }) {
  const { t } = useTranslation()
  const counts = severities.map(severity => [severity, findings.filter(finding => finding.severity === severity).length] as const)
  return (
    <>
      {counts
        .filter(([, count]) => count > 0)
        .map(([severity, count]) => (
          <span key={severity} className={severity === 'warning' ? 'warn' : severity === 'information' ? 'faint' : 'bad'}>
            {t(`validate.count.${severity}`, { count })}
          </span>
        ))}
    </>
  )
}
