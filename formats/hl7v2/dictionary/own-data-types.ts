// Data types the guide's tables lack, written here ("own") after chapter 2A of HL7 v2.8.2, and corrections to those they have.

/** Types without components. `varies` is what another field says (OBX-2 for OBX-5). */
export const primitiveTypes: ReadonlySet<string> = new Set([
  'ST',
  'TX',
  'FT',
  'NM',
  'SI',
  'ID',
  'IS',
  'DT',
  'TM',
  'DTM',
  'GTS',
  'SNM',
  'NUL',
  'varies',
])

/** Components from 1, rows as in notation.ts, separated by `|`. */
export const ownDataTypes: Readonly<Record<string, string>> = {
  AD:
    'Street Address:ST|Other Designation:ST|City:ST|State or Province:ST|Zip or Postal Code:ST|Country:ID#0399|Address Type:ID#0190|' +
    'Other Geographic Designation:ST',
  AUI: 'Authorization Number:ST|Date:DT|Source:ST',
  CCD: 'Invocation Event:ID!#0100|Date/Time:DTM',
  CF: 'Identifier:ST|Formatted Text:FT|Name of Coding System:ID#0396|Alternate Identifier:ST|Alternate Formatted Text:FT|Name of Alternate Coding System:ID#0396',
  CP: 'Price:MO!|Price Type:ID#0205|From Value:NM|To Value:NM|Range Units:CWE|Range Type:ID#0298',
  DDI: 'Delay Days:NM|Monetary Amount:MO!|Number of Days:NM',
  DIN: 'Date:DTM!|Institution Name:CWE!',
  DTN: 'Day Type:CWE!#0149|Number of Days:NM!',
  ELD: 'Segment ID:ST|Segment Sequence:NM|Field Position:NM|Code Identifying Error:CE#0060',
  ERL: 'Segment ID:ST!|Segment Sequence:SI!|Field Position:SI|Field Repetition:SI|Component Number:SI|Sub-Component Number:SI',
  FC: 'Financial Class Code:CWE!#0064|Effective Date:DTM',
  ICD: 'Certification Patient Type:CWE#0150|Certification Required:ID!#0136|Date/Time Certification Required:DTM',
  JCC: 'Job Code:CWE#0327|Job Class:CWE#0328|Job Description Text:TX',
  LA1: 'Point of Care:HD#0302|Room:HD#0303|Bed:HD#0304|Facility:HD|Location Status:IS#0306|Patient Location Type:IS#0305|Building:HD#0307|Floor:HD#0308|Address:AD',
  LA2:
    'Point of Care:HD#0302|Room:HD#0303|Bed:HD#0304|Facility:HD|Location Status:IS#0306|Patient Location Type:IS#0305|Building:HD#0307|Floor:HD#0308|' +
    'Street Address:ST|Other Designation:ST|City:ST|State or Province:ST|Zip or Postal Code:ST|Country:ID#0399|Address Type:ID#0190|' +
    'Other Geographic Designation:ST',
  MO: 'Quantity:NM|Denomination:ID',
  MOC: 'Monetary Amount:MO|Charge Code:CWE',
  MOP: 'Money or Percentage Indicator:ID!#0148|Money or Percentage Quantity:NM!|Monetary Denomination:ID',
  OSD:
    'Sequence/Results Flag:ID!#0524|Placer Order Number - Entity Identifier:ST!|Placer Order Number - Namespace ID:IS#0363|' +
    'Filler Order Number - Entity Identifier:ST!|Filler Order Number - Namespace ID:IS#0363|Sequence Condition Value:ST|Maximum Number of Repeats:NM|' +
    'Placer Order Number - Universal ID:ST!|Placer Order Number - Universal ID Type:ID#0301|Filler Order Number - Universal ID:ST!|' +
    'Filler Order Number - Universal ID Type:ID#0301',
  PIP: 'Privilege:CWE!|Privilege Class:CWE|Expiration Date:DT|Activation Date:DT|Facility:EI',
  PPN:
    'Person Identifier:ST|Family Name:FN|Given Name:ST|Second and Further Given Names or Initials Thereof:ST|Suffix:ST|Prefix:ST|Degree:IS#0360|' +
    'Source Table:CWE#0297|Assigning Authority:HD#0363|Name Type Code:ID#0200|Identifier Check Digit:ST|Check Digit Scheme:ID#0061|' +
    'Identifier Type Code:ID#0203|Assigning Facility:HD|Date/Time Action Performed:DTM|Name Representation Code:ID#0465|Name Context:CWE#0448|' +
    'Name Validity Range:DR|Name Assembly Order:ID#0444|Effective Date:DTM|Expiration Date:DTM|Professional Suffix:ST|Assigning Jurisdiction:CWE|' +
    'Assigning Agency or Department:CWE|Security Check:ST|Security Check Scheme:ID#0904',
  PRL: 'Parent Observation Identifier:CWE!|Parent Observation Sub-identifier:ST|Parent Observation Value Descriptor:TX',
  PTA: 'Policy Type:CWE!#0147|Amount Class:CWE#0193|Money or Percentage Quantity:NM|Money or Percentage:MOP!',
  RMC: 'Room Type:CWE!#0145|Amount Type:CWE#0146|Coverage Amount:NM|Money or Percentage:MOP!',
  SPD: 'Specialty Name:ST!|Governing Board:ST|Eligible or Certified:ID#0337|Date of Certification:DT',
  SRT: 'Sort-by Field:ST!|Sequencing:ID#0397',
  TS: 'Time:DTM!|Degree of Precision:ID#0529',
  VID: 'Version ID:ID!#0104|Internationalization Code:CWE#0399|International Version ID:CWE',
  VR: 'First Data Code Value:ST|Last Data Code Value:ST',
}

export const componentCorrections: Readonly<Record<string, string>> = {
  'XCN-17': 'Name Validity Range:DR',
}
