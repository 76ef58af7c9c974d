// What the commands say: Chinese first, English below it; results on standard output, troubles on standard error.
import { type Fault, faultHint, faultText } from '#kernel/fault.ts'

export function tell(zh: string, en: string): void {
  process.stdout.write(`${zh}\n${en}\n`)
}

export function tellFault(fault: Fault): void {
  const lines = [faultText(fault, 'zh'), faultText(fault, 'en'), faultHint(fault, 'zh'), faultHint(fault, 'en')]
  process.stderr.write(lines.flatMap(line => (line === '' ? [] : [`${line}\n`])).join(''))
}

/** Many of one kind: each in a line, what to do about them once. */
export function tellFindings(findings: readonly Fault[]): void {
  for (const finding of findings) process.stdout.write(`  ${faultText(finding, 'zh')} · ${faultText(finding, 'en')}\n`)
  const hints = new Set(findings.flatMap(finding => [faultHint(finding, 'zh'), faultHint(finding, 'en')]))
  for (const hint of hints) process.stdout.write(`  → ${hint}\n`)
}

export function tellUsage(usage: string): void {
  process.stderr.write(`用法 · usage: node bin/launch.mjs ${usage}\n`)
}

/** `1.2 GB` */
export function sizeText(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3))
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`
}
