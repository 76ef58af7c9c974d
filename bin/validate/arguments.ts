// What `huilian validate` was asked: files and folders, profiles, packages, the form and the language of the answer.
import { parseArgs } from 'node:util'
import type { Language } from '#kernel/fault.ts'

export type ValidateArguments = {
  readonly paths: readonly string[]
  readonly profiles: readonly string[]
  readonly packages: readonly string[]
  readonly json: boolean
  readonly language: Language
}

export const usage = `huilian validate <文件或文件夹 file or folder>… [--profile <url>]… [--package <path>]… [--json] [--lang zh|en]

  校验 FHIR 资源（JSON、XML）、HL7 v2 消息和 CDA 文档，按内容识别；- 表示标准输入。有错误时退出码为 1，用法有误为 2。
  Checks FHIR resources (JSON, XML), HL7 v2 messages and CDA documents, told apart by their content; - is standard input.
  The exit code is 1 when anything has an error, 2 for wrong usage.

  --profile   FHIR 资源须满足的 profile（可多次） · a profile that FHIR resources must meet besides those they state
  --package   FHIR 包：.tgz 文件或文件夹（可多次） · a FHIR package, .tgz or folder
  --json      每个文件一行 JSON · one line of JSON for each file
  --lang      zh（默认）或 en · language of the findings
`

/** A text says what is wrong. */
export function readArguments(args: readonly string[]): ValidateArguments | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        profile: { type: 'string', multiple: true },
        package: { type: 'string', multiple: true },
        json: { type: 'boolean' },
        lang: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    const { profile = [], package: packages = [], json = false, lang = 'zh', help = false } = values
    if (help || positionals.length === 0) return usage
    if (lang !== 'zh' && lang !== 'en') return `--lang ${lang}: zh | en\n\n${usage}`
    return { paths: positionals, profiles: profile, packages, json, language: lang }
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n\n${usage}`
  }
}
