// Packages sound and hostile: what is in them comes out, and what would hurt is refused with a reason.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { must } from '#kernel/result.ts'
import { loadPackage, packageLimits } from './load-package.ts'

type File = {
  readonly name: string
  readonly content?: string | Buffer
  readonly type?: string
  readonly size?: number
  readonly spoil?: boolean
}

const manifest = JSON.stringify({ name: 'hospital.example', version: '1.0.0', dependencies: { 'hl7.fhir.r4.core': '4.0.1' } })
const profile = (id: string) => JSON.stringify({ resourceType: 'StructureDefinition', id, url: `http://hospital.example/${id}` })
const sound: File[] = [
  { name: 'package/package.json', content: manifest },
  { name: 'package/StructureDefinition-a.json', content: profile('a') },
  { name: 'package/example/Patient-x.json', content: '{"resourceType":"Patient"}' },
  { name: 'package/ValueSet-珅.json', content: '{"resourceType":"ValueSet","url":"http://hospital.example/vs"}' },
  { name: 'package/other.txt', content: 'x' },
]

describe('FHIR packages', () => {
  let directory: string
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'huilian-packages-'))
  })
  after(() => rmSync(directory, { recursive: true, force: true }))

  let count = 0
  const archive = (files: readonly File[]) => written(gzipSync(tar(files)))
  const written = (bytes: Buffer) => {
    const path = join(directory, `${++count}.tgz`)
    writeFileSync(path, bytes)
    return path
  }
  const refusal = (path: string, limits = packageLimits as typeof packageLimits) => {
    const loaded = loadPackage(path, limits)
    return loaded.ok ? 'loaded' : loaded.fault.code
  }

  it('are read from an archive', () => {
    const { name, version, dependencies, skipped, ...source } = must(loadPackage(archive(sound)))
    expect([name, version, dependencies, skipped]).to.deep.equal(['hospital.example', '1.0.0', { 'hl7.fhir.r4.core': '4.0.1' }, []])
    expect([...source.urls()]).to.deep.equal(['http://hospital.example/a', 'http://hospital.example/vs'])
    expect(source.find(undefined, 'http://hospital.example/a').map(one => one['id'])).to.deep.equal(['a'])
    expect(source.find('ValueSet', 'http://hospital.example/a')).to.deep.equal([])
  })

  it('are read from a folder, with or without the package folder in it, and from loose definitions', () => {
    const folder = join(directory, 'folder')
    mkdirSync(join(folder, 'package'), { recursive: true })
    writeFileSync(join(folder, 'package', 'package.json'), manifest)
    writeFileSync(join(folder, 'package', 'a.json'), profile('a'))
    writeFileSync(join(folder, 'package', 'b.json'), '{ not json')
    symlinkSync('/etc/hostname', join(folder, 'package', 'c.json'))
    for (const path of [folder, join(folder, 'package')]) {
      const loaded = must(loadPackage(path))
      expect([loaded.name, [...loaded.urls()].length, loaded.skipped.map(one => one.args?.['name'])]).to.deep.equal([
        'hospital.example',
        1,
        ['b.json'],
      ])
    }
    const loose = join(directory, 'loose')
    mkdirSync(loose)
    writeFileSync(join(loose, 'x.json'), profile('x'))
    expect(must(loadPackage(loose))).to.include({ name: 'loose', version: '' })
  })

  it('have long names', () => {
    const name = `package/${'a'.repeat(120)}.json`
    const record = (text: string) => `${text.length + 3 + String(text.length + 3).length - 2} ${text}`
    const pax = { name: 'x', type: 'x', content: record(`path=${name}\n`) }
    const gnu = { name: 'x', type: 'L', content: `${name}\0` }
    for (const long of [pax, gnu])
      expect([...must(loadPackage(archive([long, { name: 'cut', content: profile('long') }]))).urls()]).to.have.length(1)
  })

  it('are read by their index, each file when it is asked for', () => {
    const files = [
      { filename: 'a.json', resourceType: 'StructureDefinition', url: 'http://hospital.example/a', version: '1' },
      { filename: 'broken.json', resourceType: 'ValueSet', url: 'http://hospital.example/broken' },
      { filename: '../../etc/passwd', resourceType: 'ValueSet', url: 'http://hospital.example/none' },
      null,
      { filename: 7 },
    ]
    const source = must(
      loadPackage(
        archive([
          { name: 'package/.index.json', content: JSON.stringify({ 'index-version': 2, files }) },
          { name: 'package/a.json', content: profile('a') },
          { name: 'package/broken.json', content: '{' },
          { name: 'package/unlisted.json', content: profile('unlisted') },
        ]),
      ),
    )
    expect([...source.urls()]).to.deep.equal(['http://hospital.example/a', 'http://hospital.example/broken'])
    const [first] = source.find('StructureDefinition', 'http://hospital.example/a')
    expect([first?.['id'], source.find(undefined, 'http://hospital.example/a')[0] === first]).to.deep.equal(['a', true])
    expect([source.skipped.length, source.find(undefined, 'http://hospital.example/broken'), source.skipped.length]).to.deep.equal([
      0,
      [],
      1,
    ])
  })

  const small = {
    ...packageLimits,
    unpackedBytesMax: 100_000,
    filesMax: 3,
    fileBytesMax: 5_000,
    archiveBytesMax: 50_000,
  } as unknown as typeof packageLimits
  const hostile: [string, () => string, string][] = [
    ['nothing there', () => join(directory, 'none'), 'package.unreadable'],
    ['no gzip', () => written(Buffer.from('PK\x03\x04')), 'package.not-gzip'],
    ['an empty file', () => written(Buffer.alloc(0)), 'package.not-gzip'],
    ['a cut gzip', () => written(gzipSync(tar(sound)).subarray(0, 60)), 'package.not-gzip'],
    ['no tar', () => written(gzipSync(Buffer.alloc(2048, 'x'))), 'package.archive-broken'],
    ['a wrong checksum', () => archive([{ name: 'package/a.json', content: '{}', spoil: true }]), 'package.archive-broken'],
    ['a size beyond the end', () => archive([{ name: 'package/a.json', content: '{}', size: 1_000_000 }]), 'package.archive-broken'],
    ['a negative size', () => archive([{ name: 'package/a.json', content: '{}', size: -1 }]), 'package.archive-broken'],
    ['a bomb', () => written(gzipSync(Buffer.alloc(10_000_000))), 'package.too-large'],
    ['a large file', () => archive([{ name: 'package/a.json', content: Buffer.alloc(6_000, 0x20) }]), 'package.file-too-large'],
    [
      'many files',
      () => archive(Array.from({ length: 5 }, (_, i) => ({ name: `package/${i}.json`, content: '{}' }))),
      'package.too-many-files',
    ],
    ['many folders', () => archive(Array.from({ length: 50 }, (_, i) => ({ name: `package/${i}/`, type: '5' }))), 'package.too-many-files'],
    ['a way out', () => archive([{ name: '../../etc/passwd', content: 'x' }]), 'package.entry-name'],
    ['an absolute name', () => archive([{ name: '/etc/passwd', content: 'x' }]), 'package.entry-name'],
    ['a drive', () => archive([{ name: 'C:\\x.json', content: 'x' }]), 'package.entry-name'],
    [
      'a way out by a pax record',
      () =>
        archive([
          { name: 'x', type: 'x', content: '17 path=../x.json\n' },
          { name: 'y', content: '{}' },
        ]),
      'package.entry-name',
    ],
    ['a large archive', () => written(Buffer.concat([gzipSync(tar(sound)), Buffer.alloc(60_000)])), 'package.too-large'],
  ]
  for (const [what, make, code] of hostile) it(`refuses ${what}`, () => expect(refusal(make(), small)).to.equal(code))

  it('passes over links', () => {
    const link = { name: 'package/link.json', type: '2' }
    expect([...must(loadPackage(archive([link, ...sound]))).urls()]).to.have.length(2)
  })
})

/** A ustar archive. */
function tar(files: readonly File[]): Buffer {
  const blocks = files.flatMap(({ name, content = '', type = '0', size, spoil }) => {
    const bytes = Buffer.from(content)
    const header = Buffer.alloc(512)
    header.write(name, 0, 100)
    header.write('0000644\0', 100)
    header.write(`${(size ?? bytes.length).toString(8).padStart(11, '0')}\0`, 124)
    header.write('        ', 148)
    header.write(type, 156)
    header.write('ustar\x0000', 257)
    const sum = header.reduce((total, byte) => total + byte, 0) + (spoil ? 1 : 0)
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    return [header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]
  })
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}
