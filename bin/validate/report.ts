// What `huilian validate` writes: a block for each file, a bar while it works, a sum at the end; or one line of JSON for each file.
import type { Inspected } from '#conformance/inspect/inspected.ts'
import { isValid, pathOf } from '#conformance/inspect/inspected.ts'
import { describeFinding } from '#conformance/inspect/routes.ts'
import { faultText, type Language } from '#kernel/fault.ts'
import type { Severity } from '#kernel/ports/validator.ts'

const words: Readonly<Record<Language, Readonly<Record<Severity, string>>>> = {
  zh: { fatal: '致命', error: '错误', warning: '警告', information: '提示' },
  en: { fatal: 'fatal', error: 'error', warning: 'warning', information: 'information' },
}

export type Counts = { files: number; invalid: number } & Record<Severity, number>

export function noCounts(): Counts {
  return { files: 0, invalid: 0, fatal: 0, error: 0, warning: 0, information: 0 }
}

export function count(counts: Counts, inspected: Inspected): void {
  counts.files++
  if (!isValid(inspected)) counts.invalid++
  for (const { severity } of inspected.findings) counts[severity]++
}

/** One line: `{file, kind, name, charset, valid, findings[]}`. */
export function jsonLine(file: string, inspected: Inspected, language: Language): string {
  const { kind, name, charset, findings } = inspected
  const told = findings.map(finding => describeFinding(finding, language))
  return `${JSON.stringify({ file, kind, name, charset, valid: isValid(inspected), findings: told })}\n`
}

export function fileBlock(file: string, inspected: Inspected, language: Language): string {
  const { kind, name, findings } = inspected
  const lines = findings.map(finding => {
    const place = finding.line === undefined ? '' : `${finding.line}:${finding.column ?? 1}`
    const path = pathOf(finding) ?? ''
    const text = faultText(finding.fault, language)
    return `  ${place.padEnd(8)}${words[language][finding.severity]}  ${path === '' ? '' : `${path}  `}${text}  [${finding.fault.code}]`
  })
  return [`${isValid(inspected) ? '✓' : '✗'} ${file}  ${kind}${name === undefined ? '' : ` ${name}`}`, ...lines, ''].join('\n')
}

export function sumLine({ files, invalid, fatal, error, warning, information }: Counts, language: Language): string {
  const errors = fatal + error
  return language === 'zh'
    ? `共 ${files} 个文件，${invalid} 个不合格：${errors} 个错误，${warning} 个警告，${information} 条提示\n`
    : `${files} files, ${invalid} invalid: ${errors} errors, ${warning} warnings, ${information} hints\n`
}

const barWidth = 30

/** A line that overwrites itself. */
export function bar(done: number, all: number, file: string): string {
  const filled = Math.round((done / Math.max(1, all)) * barWidth)
  return `\r\x1b[K[${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}] ${done}/${all} ${file.slice(-60)}`
}

export const endOfBar = '\r\x1b[K'
