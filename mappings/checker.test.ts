// The checker: for every kind of mistake a plan that has it, and the file, line and rule that the finding names.
import { expect } from 'chai'
import { must } from '#kernel/result.ts'
import { loadTerminology } from '#terminology/load.ts'
import { checkMappings, openMappings } from './mappings.ts'

const codeMaps = must(loadTerminology()).maps
const files = new Map([
  [
    'adt.yaml',
    `message: ADT_A01
format: hl7v2
takes: [ADT^A01, ADT^A08]
required: [MSH, PID]
time: [EVN-2, MSH-7]
keys: { patient: [PID-3], visit: [PV1-19], order: [] }
steps:
  - { make: patient, from: PID, plan: PID-Patient, required: true }
  - { make: encounter, from: PV1, plan: PV1-Encounter }
  - { add: patient, from: PD1, plan: PD1-Patient }
  - { each: NEXT_OF_KIN, steps: [{ add: patient, from: NK1, plan: NK1-Patient }] }
  - { add: patient, set: [{ own: note, to: managingOrganization.display, from: PV1-10 }] }
`,
  ],
  [
    'pid.yaml',
    `plan: PID-Patient
from: PID
to: Patient
key: ["identifier(PID-3, numbers('patient'))"]
display: PID-5.2
rules:
  - { id: PID-3, from: 'PID-3[*]', to: 'identifier[+]', map: CX-Identifier, given: { kind: patient } }
  - { id: PID-5, from: 'PID-5[*]', to: 'name[+]', set: [{ to: text, from: XPN.2 }] }
  - { id: PID-7, from: PID-7, to: birthDate }
  - { id: PID-8, from: PID-8, to: gender, code: v2-0001-to-administrative-gender }
  - { id: PID-16, from: PID-16, to: maritalStatus, map: CWE-CodeableConcept }
  - { id: PID-24, from: PID-24, to: multipleBirthBoolean, code: v2-0136-to-boolean, when: PID-25 is empty }
  - { id: PID-25, from: PID-25, to: multipleBirthInteger }
  - { own: link, to: 'generalPractitioner[+]', from: PID-18, refer: CX-Organization }
`,
  ],
  [
    'pd1.yaml',
    `plan: PD1-Patient
from: PD1
to: Patient
rules:
  - { id: PD1-12, to: active, value: true, when: PD1-12 = 'Y' }
`,
  ],
  [
    'nk1.yaml',
    `plan: NK1-Patient
from: NK1
to: Patient
rules:
  - { id: NK1-2, to: 'contact[+]', set: [{ id: NK1-7, to: relationship.text, from: NK1-7.2 }, { id: NK1-15, to: gender, from: NK1-15, code: v2-0001-to-administrative-gender }] }
`,
  ],
  [
    'pv1.yaml',
    `plan: PV1-Encounter
from: PV1
to: Encounter
key: ["identifier(PV1-19, numbers('visit'))"]
rules:
  - { own: status, to: status, value: in-progress }
  - { id: PV1-2, to: class, set: [{ own: code, from: PV1-2, to: code }] }
  - { own: patient, to: subject, refer: '@patient' }
  - { own: range, to: length.extension(data-absent-reason).valueCode, value: unknown, when: $event = 'A01' }
`,
  ],
  [
    'cx.yaml',
    `plan: CX-Identifier
from: CX
to: Identifier
given: { kind: number }
needs: CX.1
rules:
  - { id: CX.1, from: CX.1, to: value }
  - { id: CX.4, from: 'authority(CX, numbers($kind))', to: system }
`,
  ],
  [
    'cwe.yaml',
    `plan: CWE-CodeableConcept
from: CWE
to: CodeableConcept
rules:
  - { id: CWE.1, from: CWE.1, to: coding.code }
  - { id: CWE.2, from: CWE.2, to: text }
`,
  ],
  [
    'organization.yaml',
    `plan: CX-Organization
from: CX
to: Organization
key: [identifier(CX)]
rules:
  - { own: name, from: CX.1, to: name }
`,
  ],
])

type Mistake = readonly [file: string, from: string, to: string, line: number, rule: string, reason: RegExp]

const mistakes: readonly Mistake[] = [
  // What is written.
  ['pid.yaml', 'rules:', 'rules: [', 7, '', /./],
  ['pid.yaml', 'plan: PID-Patient', 'plans: PID-Patient', 1, '', /starts with `plan`, `message` or `overlay`/],
  ['pid.yaml', 'to: Patient\n', '', 1, '', /`to` is missing/],
  ['pid.yaml', 'display:', 'shown:', 5, '', /"shown" means nothing here/],
  ['pid.yaml', 'id: PID-8,', 'ide: PID-8,', 10, 'gender', /"ide" means nothing here/],
  ['pid.yaml', 'id: PID-8,', 'id: PID-7,', 10, 'PID-7', /the id PID-7 is taken/],
  ['pid.yaml', '{ id: PID-7, from: PID-7, to: birthDate }', '{ from: PID-7, to: birthDate }', 9, 'birthDate', /a rule has an id/],
  ['pid.yaml', 'id: PID-7,', 'id: PID-7, own: birth,', 9, 'PID-7', /not both/],
  ['pid.yaml', 'from: PID-7, to', 'to', 9, 'PID-7', /says where `from`/],
  ['pid.yaml', 'to: birthDate', 'note: none', 9, 'PID-7', /says where `to`/],
  ['pid.yaml', 'to: birthDate', 'to: birth date', 9, 'PID-7', /birth date/],
  ['pid.yaml', 'to: birthDate', 'to: birthDate, value: 1, clear: true', 9, 'PID-7', /do not go together/],
  ['pid.yaml', 'from: PID-7', 'from: PID-7 |', 9, 'PID-7', /a value is expected, not the end/],
  ['pid.yaml', 'when: PID-25 is empty', 'when: PID-25 is none', 12, 'PID-24', /"is" goes with empty or valued/],
  ['pid.yaml', 'from: PID-7', 'from: PID-7 ; drop', 9, 'PID-7', /unexpected ;/],
  ['pid.yaml', 'to: gender,', 'to: gender, when: "PID-8 matches letters",', 10, 'PID-8', /there is no pattern letters/],
  ['pid.yaml', 'display: PID-5.2', 'display: PID-5.2\nagain: never', 6, '', /`again` is unite, number/],
  ['adt.yaml', 'format: hl7v2', 'format: edifact', 2, '', /`format` is one of/],
  ['adt.yaml', 'format: hl7v2', 'format: cda', 1, '', /format cda are not mapped/],
  ['adt.yaml', 'required: true', 'standing: claim', 8, 'patient', /`standing` is speak or mention/],
  ['adt.yaml', 'required: true', 'only: testing', 8, 'patient', /`only` says preview/],
  ['adt.yaml', ', plan: PID-Patient, required: true', '', 8, 'patient', /`make` names a `plan`/],
  [
    'adt.yaml',
    'make: patient, from: PID',
    'after: patient, make: patient, from: PID',
    8,
    'patient',
    /`after` belongs to the steps of an overlay/,
  ],
  ['nk1.yaml', 'rules:\n  - { id: NK1-2, to', 'rules: { id: NK1-2, to', 4, '', /a list of rules is expected/],
  // Where from.
  ['pid.yaml', 'from: PID-7', 'from: PID-77', 9, 'PID-7', /PID has no field 77/],
  ['pid.yaml', 'from: PID-7', 'from: PIX-7', 9, 'PID-7', /there is no segment PIX/],
  ['pid.yaml', 'from: PID-7', 'from: OBR-7', 9, 'PID-7', /ADT_A01 has no OBR/],
  ['pid.yaml', 'from: PID-7', "from: 'PID-7[2]'", 9, 'PID-7', /PID-7 does not repeat/],
  ['pid.yaml', 'from: XPN.2', 'from: XPN.22', 8, 'PID-5/text', /no part 22/],
  ['pid.yaml', 'from: XPN.2', 'from: XAD.2', 8, 'PID-5/text', /is no part of XPN/],
  ['pid.yaml', 'from: PID-7', "from: 'upper(PID-7, PID-8)'", 9, 'PID-7', /upper takes 1 argument/],
  ['pid.yaml', 'from: PID-7', 'from: reverse(PID-7)', 9, 'PID-7', /there is no function reverse/],
  ['pid.yaml', 'from: PID-7', 'from: $birth', 9, 'PID-7', /there is no constant \$birth/],
  ['pid.yaml', 'when: PID-25 is empty', 'when: PID-25 in $several', 12, 'PID-24', /there is no constant \$several/],
  ['pid.yaml', "from: 'PID-5[*]'", "from: 'PID-5[*] | PID-3[*]'", 8, 'PID-5', /different types: XPN, CX/],
  [
    'pid.yaml',
    'from: PID-7, to: birthDate',
    'call: referenceRanges(PID-7), to: birthDate',
    9,
    'PID-7',
    /there is no function referenceRanges to call/,
  ],
  [
    'pid.yaml',
    'from: PID-7, to: birthDate',
    'call: referenceRange(PID-7), to: birthDate',
    9,
    'PID-7',
    /gives Observation.referenceRange, not date/,
  ],
  ['pid.yaml', 'from: PID-16, to', 'from: PID-5, to', 11, 'PID-16', /CWE-CodeableConcept reads CWE, not XPN/],
  ['adt.yaml', 'from: PID, plan', 'from: OBR, plan', 8, 'patient', /has no segment OBR/],
  ['adt.yaml', 'each: NEXT_OF_KIN', 'each: VISITS', 11, 'VISITS', /has no group VISITS/],
  ['adt.yaml', 'plan: PV1-Encounter', 'plan: PID-Patient', 9, 'encounter', /reads PID, not PV1/],
  // Where to.
  ['pid.yaml', 'to: birthDate', 'to: birthday', 9, 'PID-7', /Patient has no element birthday/],
  ['pid.yaml', 'to: birthDate', 'to: deceased', 9, 'PID-7', /name its type \(deceasedBoolean, deceasedDateTime\)/],
  ['pid.yaml', "to: 'name[+]'", 'to: name', 8, 'PID-5', /takes one value: write \[\+\] behind it/],
  ['pid.yaml', 'to: birthDate', "to: 'birthDate[+]'", 9, 'PID-7', /birthDate takes one value: leave out \[\+\]/],
  ['pid.yaml', 'to: birthDate', 'to: extension.valueDate', 9, 'PID-7', /an extension has a URL/],
  ['pid.yaml', 'to: birthDate', 'to: name(x).text', 9, 'PID-7', /name is no extension/],
  ['pid.yaml', 'from: PID-7, to: birthDate', 'from: PID-7, to: multipleBirthInteger', 9, 'PID-7', /does not become integer/],
  [
    'pid.yaml',
    'from: PID-7, to: birthDate',
    'from: PID-7, to: maritalStatus',
    9,
    'PID-7',
    /does not become CodeableConcept: name the plan that maps it/,
  ],
  [
    'pid.yaml',
    'from: PID-7, to: birthDate',
    'from: PID-7, to: birthDate, set: [{ to: x, from: PID-7 }]',
    9,
    'PID-7',
    /has no parts|is a primitive/,
  ],
  ['pid.yaml', 'map: CWE-CodeableConcept', 'map: CX-Identifier', 11, 'PID-16', /CX-Identifier makes Identifier, not CodeableConcept/],
  ['pid.yaml', 'map: CWE-CodeableConcept', 'map: CX-Organization', 11, 'PID-16', /CX-Organization makes a resource: refer to it/],
  ['pid.yaml', 'map: CWE-CodeableConcept', 'map: CWE-Concept', 11, 'PID-16', /there is no plan CWE-Concept/],
  ['pid.yaml', 'given: { kind: patient }', 'given: { sort: patient }', 7, 'PID-3', /takes no constant \$sort/],
  ['pid.yaml', 'refer: CX-Organization', 'refer: CX-Identifier', 14, 'link', /CX-Identifier makes no resource: it has no key/],
  ['pid.yaml', 'refer: CX-Organization', "refer: '@encounter'", 14, 'link', /no step makes @encounter before this/],
  ['pv1.yaml', "refer: '@patient'", "refer: '@encounter'", 8, 'patient', /no step makes @encounter before this|does not point to/],
  ['pv1.yaml', 'to: subject', 'to: length', 8, 'patient', /a reference does not become Duration/],
  ['pv1.yaml', 'to: subject', 'to: serviceProvider', 8, 'patient', /does not point to Patient: Organization/],
  ['pd1.yaml', 'value: true', "value: 'yes'", 5, 'PD1-12', /"yes" is no boolean/],
  ['pd1.yaml', 'to: active, value: true', 'to: maritalStatus, value: { codes: [] }', 5, 'PD1-12', /CodeableConcept has no element codes/],
  [
    'pv1.yaml',
    'value: in-progress',
    'value: admitted',
    6,
    'status',
    /admitted is not in http:\/\/hl7.org\/fhir\/ValueSet\/encounter-status/,
  ],
  ['pd1.yaml', "value: true, when: PD1-12 = 'Y'", 'clear: true', 5, 'PD1-12', /^$/],
  [
    'nk1.yaml',
    'to: gender, from: NK1-15, code: v2-0001-to-administrative-gender',
    'to: gender, clear: true',
    5,
    'NK1-15',
    /cannot be cleared by itself/,
  ],
  ['nk1.yaml', 'to: gender, from', 'to: gender, assume: true, from', 5, 'NK1-15', /only elements of the resource itself can be assumed/],
  ['pd1.yaml', 'value: true,', 'value: true, fault: true,', 5, 'PD1-12', /`fault` goes with a value/],
  // Codes.
  ['pid.yaml', ', code: v2-0001-to-administrative-gender', '', 10, 'PID-8', /takes only codes of .*administrative-gender: name a code map/],
  ['pid.yaml', 'code: v2-0001-to-administrative-gender', 'code: v2-0001-to-sex', 10, 'PID-8', /there is no code map v2-0001-to-sex/],
  [
    'pid.yaml',
    'code: v2-0001-to-administrative-gender',
    'code: v2-0004-to-encounter-status',
    10,
    'PID-8',
    /can yield .* which .*administrative-gender does not allow/,
  ],
  ['pid.yaml', 'to: birthDate', 'to: birthDate, code: same', 9, 'PID-7', /`same` is for elements whose codes FHIR lists/],
  [
    'pid.yaml',
    'from: PID-7, to: birthDate',
    'from: PID-7, to: communication, code: v2-0136-to-boolean',
    9,
    'PID-7',
    /a code map gives no Patient.communication/,
  ],
  // What is missing, double or dead.
  ['pv1.yaml', '  - { own: status, to: status, value: in-progress }\n', '', 9, 'encounter', /Encounter.status is required and has no rule/],
  ['pid.yaml', 'to: birthDate }', 'to: birthDate }\n  - { own: again, from: PID-29, to: birthDate }', 10, 'again', /overlaps rule PID-7/],
  [
    'pv1.yaml',
    'value: in-progress }',
    'value: in-progress }\n  - { own: late, to: status, value: planned }',
    7,
    'late',
    /never has a turn: rule status always fills status/,
  ],
  ['pid.yaml', 'plan: PID-Patient', 'plan: CX-Identifier', 1, '', /CX-Identifier is there already/],
  [
    'adt.yaml',
    '  - { each: NEXT_OF_KIN, steps: [{ add: patient, from: NK1, plan: NK1-Patient }] }\n',
    '',
    1,
    '',
    /no message plan uses NK1-Patient/,
  ],
  ['adt.yaml', 'add: patient, from: PD1', 'add: person, from: PD1', 10, 'person', /no step makes @person before this/],
  ['adt.yaml', 'add: patient, from: PD1', 'add: encounter, from: PD1', 10, 'encounter', /PD1-Patient makes Patient, not Encounter/],
  ['adt.yaml', 'make: encounter', 'make: patient', 9, 'patient', /@patient is a Patient already/],
  ['adt.yaml', 'plan: PD1-Patient', 'plan: PD2-Patient', 10, 'patient', /there is no plan PD2-Patient/],
  ['adt.yaml', 'add: patient, set', 'add: patient, join: remarks, set', 12, 'patient', /Patient has no element remarks/],
  ['adt.yaml', 'ADT^A08', 'ADT^A99', 1, '', /there is no message structure for ADT\^A99/],
  // Keys.
  ['pid.yaml', 'key: ["identifier(PID-3, numbers(\'patient\'))"]', 'key: [identifier(PID-99)]', 4, 'key', /PID has no field 99/],
  ['pid.yaml', 'key: ["identifier(PID-3, numbers(\'patient\'))"]\n', '', 8, 'patient', /PID-Patient makes no resource: it has no key/],
  [
    'adt.yaml',
    'set: [{ own: note, to: managingOrganization.display, from: PV1-10 }]',
    'merge: patient, retired: [PID-4]',
    12,
    'patient',
    /one of them/,
  ],
]

describe('the checker', () => {
  it('finds nothing in sound plans', () => {
    expect(checkMappings({ files, codeMaps })).to.deep.equal([])
  })

  for (const [file, from, to, line, rule, reason] of mistakes) {
    const sound = reason.source === '^$'
    it(`${file}: ${to.trim() === '' ? `without ${from.trim()}` : to.trim()}`.slice(0, 120), () => {
      const text = files.get(file)!
      expect(text, 'the plan to be changed').to.contain(from)
      const findings = checkMappings({
        files: new Map(files).set(
          file,
          text.replace(from, () => to),
        ),
        codeMaps,
      })
      if (sound) expect(findings).to.deep.equal([])
      else
        expect(
          findings.filter(finding => finding.line === line && finding.rule === rule && reason.test(finding.reason)),
          JSON.stringify(findings),
        ).not.to.be.empty
    })
  }

  it('opens nothing with findings, and names every one as a cause', () => {
    const broken = new Map(files).set(
      'pid.yaml',
      files.get('pid.yaml')!.replace('to: birthDate', 'to: birthday').replace('PID-25, to', 'PID-99, to'),
    )
    const opened = openMappings({ files: broken, codeMaps })
    expect(opened.ok).to.equal(false)
    const fault = (
      opened as { fault: { code: string; at?: string; causes?: readonly { at?: string; args: Readonly<Record<string, unknown>> }[] } }
    ).fault
    expect([fault.code, fault.at]).to.deep.equal(['plan.rule-invalid', 'pid.yaml:9'])
    expect(fault.causes!.map(cause => [cause.at, cause.args['rule']])).to.deep.equal([
      ['pid.yaml:9', 'PID-7'],
      ['pid.yaml:13', 'PID-25'],
    ])
  })
})
