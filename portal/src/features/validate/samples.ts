// Samples with mistakes on purpose, one per kind: invented people and numbers.

export const samples = {
  hl7v2: [
    'MSH|^~\\&|ZJJ-LIS|ZJJ|HUILIAN|REGION|20261101093000||ORU^R01^ORU_R01|S0001|P|2.5||||||UNICODE UTF-8',
    'PID|1||880001^^^ZJJ^MR||陈珅^^^^^^L||19801332|9',
    'PV1|1|O|Z01^^^ZJJ|||||||||||||||||M880001',
    'ORC|RE|JY880001|B880001',
    'OBR|1|JY880001|B880001|RFT^肾功能^PANEL|||20261101090000|||||||||||||||20261101093000||LAB|F',
    'OBX|1|NM|CREA^肌酐^ITEM||六十六|umol/L|41-73|N|||F|||20261101090000',
    'OBX|2|NM|UREA^尿素^ITEM||5.10|mmol/L|2.6-7.5|N|||X|||20261101090000',
  ].join('\n'),
  fhir: JSON.stringify(
    {
      resourceType: 'Patient',
      identifier: [{ system: 'urn:oid:2.16.156.10011.1.3', value: '990118198005060021' }],
      name: [{ text: '诚䶮', famly: '诚' }],
      gender: '女',
      birthDate: '1980-5-6',
      contact: [{ relationship: [{ coding: [{ code: 'N' }] }] }],
    },
    undefined,
    2,
  ),
  cda: `<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <realmCode code="CN"/>
  <typeId root="2.16.840.1.113883.1.3" extension="POCD_MT000040"/>
  <templateId root="2.16.156.10011.2.1.1.27"/>
  <id root="2.16.156.10011.1.1" extension="JY880001"/>
  <code code="C0007" codeSystem="2.16.156.10011.2.4" codeSystemName="卫生信息共享文档规范编码体系"/>
  <title>检验报告</title>
  <effectiveTime value="2026-11-01"/>
  <confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"/>
  <languageCode code="zh-CN"/>
  <recordTarget typeCode="RCT" contextControlCode="OP">
    <patientRole classCode="PAT">
      <id root="2.16.156.10011.1.12" extension="880001"/>
      <patient classCode="PSN" determinerCode="INSTANCE">
        <name>陈珅</name>
        <administrativeGenderCode code="9" codeSystem="2.16.156.10011.2.3.3.4"/>
      </patient>
    </patientRole>
  </recordTarget>
  <component>
    <structuredBody/>
  </component>
</ClinicalDocument>
`,
} as const

export type SampleName = keyof typeof samples
