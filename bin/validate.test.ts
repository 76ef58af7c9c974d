// The command as a user runs it: a process of its own, in another folder, with files good and bad.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { bar } from './validate/report.ts'

const command = fileURLToPath(new URL('./validate.ts', import.meta.url))
const sound = { resourceType: 'Patient', identifier: [{ system: 'urn:x', value: '1' }], name: [{ text: '周䶮' }], gender: 'female' }

describe('huilian validate', () => {
  let directory: string
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'huilian-validate-'))
    mkdirSync(join(directory, 'all', 'deep'), { recursive: true })
    mkdirSync(join(directory, 'package'))
    const write = (name: string, content: unknown) =>
      writeFileSync(join(directory, name), typeof content === 'string' ? content : JSON.stringify(content))
    write('all/sound.json', sound)
    write('all/deep/broken.json', '{\n  "resourceType": "Patient",\n  "gender": "女"\n}')
    write('all/deep/patient.xml', '<Patient xmlns="http://hl7.org/fhir"><active value="true"/></Patient>')
    write('all/message.hl7', 'MSH|^~\\&|HIS|ZJJ|||20260105||ADT^A01|1|P|2.5\rEVN||20260105\rPID|1||1||欧阳^珅\rPV1|1|I')
    write('all/readme.md', 'no resource')
    write('bad-card.json', { ...sound, identifier: [{ system: 'urn:oid:2.16.156.10011.1.3', value: '990101198001010023' }] })
    write('package/package.json', { name: 'zjj.example', version: '1.0.0' })
    write('package/phone.json', {
      resourceType: 'StructureDefinition',
      url: 'http://zjj.example/phone',
      name: 'Phone',
      status: 'active',
      kind: 'resource',
      abstract: false,
      type: 'Patient',
      baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
      derivation: 'constraint',
      differential: { element: [{ id: 'Patient.telecom', path: 'Patient.telecom', min: 1 }] },
    })
  })
  after(() => rmSync(directory, { recursive: true, force: true }))

  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
      cwd: directory,
      encoding: 'utf8',
      input: JSON.stringify(sound),
    })
    return { status, stdout, stderr }
  }
  const lines = (stdout: string) =>
    stdout
      .trim()
      .split('\n')
      .map(
        line =>
          JSON.parse(line) as {
            file: string
            kind: string
            name?: string
            valid: boolean
            findings: { code: string; line?: number; text: string }[]
          },
      )

  it('says what is wrong and where, in Chinese', () => {
    const { status, stdout } = run('all')
    expect(status).to.equal(1)
    expect(stdout).to.match(/✗ all\/deep\/broken\.json {2}fhir-json Patient\n {2}3:3 +错误 {2}Patient\.gender {2}代码 女/)
    expect(stdout).to.match(/共 4 个文件，1 个不合格：\d+ 个错误，\d+ 个警告，\d+ 条提示\n$/)
    expect(stdout).not.to.include('readme.md')
  })

  it('says it in English', () =>
    expect(run('all/sound.json', '--lang', 'en')).to.deep.equal({
      status: 0,
      stdout: '✓ all/sound.json  fhir-json Patient\n1 files, 0 invalid: 0 errors, 0 warnings, 0 hints\n',
      stderr: '',
    }))

  it('writes a line of JSON for each file', () => {
    const { status, stdout } = run('all', '--json')
    const told = lines(stdout)
    expect([status, ...told.map(one => [one.file, one.kind, one.name, one.valid])]).to.deep.equal([
      1,
      ['all/deep/broken.json', 'fhir-json', 'Patient', false],
      ['all/deep/patient.xml', 'fhir-xml', 'Patient', true],
      ['all/message.hl7', 'hl7v2', 'ADT^A01', true],
      ['all/sound.json', 'fhir-json', 'Patient', true],
    ])
    expect(told[0]!.findings[0]).to.include({ code: 'validator.not-in-value-set', line: 3 })
  })

  it('holds resources against profiles of the house and of packages', () => {
    const card = lines(
      run('bad-card.json', '--json', '--profile', 'https://huilian.example/fhir/StructureDefinition/cn-patient').stdout,
    )[0]!
    expect([card.valid, card.findings.map(one => one.code)]).to.deep.equal([false, ['validator.invariant']])
    const phone = run('all/sound.json', '--package', 'package', '--profile', 'http://zjj.example/phone', '--json')
    expect([phone.status, lines(phone.stdout)[0]!.findings.map(one => one.code)]).to.deep.equal([1, ['validator.minimum']])
  })

  it('reads standard input, and tells of files that are not there', () => {
    expect(run('-').status).to.equal(0)
    const { status, stdout } = run('none.json', 'all/sound.json', '--json')
    expect([status, lines(stdout).map(one => one.findings.map(finding => finding.code))]).to.deep.equal([
      1,
      [['inspect.file-unreadable'], []],
    ])
  })

  it('shows how far it is in a bar of one length', () => {
    const bars = [0, 1, 50, 99, 100].map(done => bar(done, 100, `folder/${'x'.repeat(100)}.json`))
    expect(
      bars.map(text =>
        /\[(█*░*)\] (\d+\/100) x{55}\.json$/
          .exec(text)
          ?.slice(1)
          .map((part, i) => (i === 0 ? part.length : part)),
      ),
    ).to.deep.equal(['0/100', '1/100', '50/100', '99/100', '100/100'].map(text => [30, text]))
    expect(bar(0, 0, '')).to.include('0/0')
  })

  it('refuses wrong usage', () => {
    for (const args of [[], ['--lang', 'fr', 'all'], ['--shout'], ['all', '--package', 'none.tgz']]) {
      const { status, stdout, stderr } = run(...args)
      expect([args, status, stdout, stderr.length > 0]).to.deep.equal([args, 2, '', true])
    }
  })
})
