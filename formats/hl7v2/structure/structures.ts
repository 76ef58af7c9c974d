// Message structures in the standard's abstract syntax: [ ] optional, { } repeating, ( ) once, < | > one of; a group starts with its name.
// Taken from the message tables of the HL7 v2-to-FHIR guide (HL7/v2-to-fhir, Creative Commons "No Rights Reserved" CC0), which follow version 2.9
// and keep what 2.3 to 2.8 had; those marked "own" are written here after chapters 3, 4, 6, 7, 9, 10 and 11 of the standard.
// One grammar serves all versions: what an older version lacks is optional in it.

const start = 'MSH [{ARV}] [{SFT}] [UAC]'
const person = 'PID [PD1] [{OH1}] [{OH2}] [OH3] [{OH4}] [{ARV}] [{ROL}] [{PRT}]'
const kin = '[{NEXT_OF_KIN: NK1 [{OH2}] [OH3]}]'
const visit = 'PV1 [PV2] [{ARV}] [{ROL}] [{PRT}]'
const observation = '[{OBSERVATION: OBX [{PRT}] [{NTE}]}]'
const procedure = '[{PROCEDURE: PR1 [{ROL}] [{PRT}]}]'
const insurance = '[{INSURANCE: IN1 [IN2] [{IN3}] [{ROL}] [{PRT}] [{AUTHORIZATION: AUT [{PRT}]}] [{REFERRAL: RF1 [{PRT}]}]}]'
const timing = '[{TIMING: TQ1 [{TQ2}]}]'
const orderPatient =
  '[PATIENT: PID [PD1] [{PRT}] [{NTE}] [{NK1}] [{ARV}] [PATIENT_VISIT: PV1 [PV2] [{PRT}]] [{INSURANCE: IN1 [IN2] [IN3]}] [GT1] [{AL1}]]'
const specimenWithContainers =
  '[{SPECIMEN: SPM [{SPECIMEN_OBSERVATION: OBX [{PRT}]}] [{CONTAINER: SAC [{CONTAINER_OBSERVATION: OBX [{PRT}]}]}]}]'

const sentPatient = '[PATIENT: PID [PD1] [{PRT}] [{NTE}] [{ARV}] [{PATIENT_OBSERVATION: OBX [{PRT}]}]] [VISIT: PV1 [PV2] [{PRT}]]'
const pharmacyPatient = '[PATIENT: PID [PD1] [{NTE}] [{AL1}] [PATIENT_VISIT: PV1 [PV2]]]'
const pharmacyOrder = '[ORDER_DETAIL: RXO [{NTE}] {RXR} [{COMPONENT: RXC [{NTE}]}]]'
const account = `[PV1] [PV2] [{ROL}] [{PRT}] [{DB1}] [{OBX}] [{AL1}] [{DG1}] [DRG] ${procedure} [{GT1}] [{NK1}] ${insurance} [ACC] [UB1] [UB2]`

export const structures = {
  ADT_A01: `${start} EVN ${person} ${kin} ${visit} [{DB1}] ${observation} [{AL1}] [{IAM}] [{DG1}] [DRG] ${procedure} [{GT1}] ${insurance} [ACC] [UB1] [UB2] [PDA]`,
  ADT_A02: `${start} EVN ${person} ${visit} [{DB1}] ${observation} [PDA]`,
  // own
  ADT_A03: `${start} EVN ${person} ${kin} ${visit} [{DB1}] [{AL1}] [{IAM}] [{DG1}] [DRG] ${procedure} ${observation} [{GT1}] ${insurance} [ACC] [PDA]`,
  ADT_A05: `${start} EVN ${person} ${kin} ${visit} [{DB1}] ${observation} [{AL1}] [{IAM}] [{DG1}] [DRG] ${procedure} [{GT1}] ${insurance} [ACC] [UB1] [UB2]`,
  ADT_A06: `${start} EVN ${person} [MRG] ${kin} ${visit} [{DB1}] ${observation} [{AL1}] [{IAM}] [{DG1}] [DRG] ${procedure} [{GT1}] ${insurance} [ACC] [UB1] [UB2]`,
  ADT_A09: `${start} EVN PID [PD1] PV1 [PV2] [{DB1}] ${observation} [{DG1}]`,
  ADT_A11: `${start} EVN PID [PD1] PV1 [PV2] [{DB1}] ${observation} [{DG1}]`,
  // own, to the next mark
  ADT_A12: `${start} EVN PID [PD1] PV1 [PV2] [{DB1}] ${observation} [{DG1}]`,
  ADT_A15: `${start} EVN ${person} ${visit} [{DB1}] ${observation} [{DG1}]`,
  ADT_A16: `${start} EVN ${person} ${kin} ${visit} [{DB1}] ${observation} [{AL1}] [{IAM}] [{DG1}] [DRG] ${procedure} [{GT1}] ${insurance} [ACC]`,
  ADT_A18: `${start} EVN PID [PD1] MRG PV1`,
  ADT_A20: `${start} EVN NPU`,
  ADT_A21: `${start} EVN PID [PD1] PV1 [PV2] [{DB1}] ${observation}`,
  ADT_A24: `${start} EVN PID [PD1] [PV1] [{DB1}] PID [PD1] [PV1] [{DB1}]`,
  ADT_A30: `${start} EVN PID [PD1] MRG`,
  ADT_A37: `${start} EVN PID [PD1] [PV1] [{DB1}] PID [PD1] [PV1] [{DB1}]`,
  ADT_A38: `${start} EVN PID [PD1] PV1 [PV2] [{DB1}] ${observation} [{DG1}] [DRG]`,
  ADT_A39: `${start} EVN {PATIENT: PID [PD1] MRG [PV1]}`,
  ADT_A43: `${start} EVN {PATIENT: PID [PD1] MRG}`,
  ADT_A45: `${start} EVN PID [PD1] {MERGE_INFO: MRG PV1}`,
  ADT_A50: `${start} EVN PID [PD1] MRG PV1`,
  ADT_A52: `${start} EVN PID [PD1] PV1 [PV2]`,
  ADT_A54: `${start} EVN ${person} ${visit}`,
  ADT_A60: `${start} EVN PID [{ARV}] [VISIT_GROUP: PV1 [PV2] [{ARV}]] [{ADVERSE_REACTION_GROUP: IAM [{NTE}] [{IAR}]}]`,
  ADT_A61: `${start} EVN PID [PD1] PV1 [{ROL}] [PV2]`,
  // from the tables
  ADT_A17: `${start} EVN PID [PD1] PV1 [PV2] [{DB1}] [{OBSERVATION_1: OBX [{PRT}]}] PID [PD1] PV1 [PV2] [{DB1}] [{OBSERVATION_2: OBX [{PRT}]}]`,
  MDM_T02: `MSH [{SFT}] [UAC] EVN PID PV1 [{COMMON_ORDER: ORC ${timing} OBR [{NTE}]}] TXA [{CON}] {OBSERVATION: OBX [{NTE}]}`,
  ORU_R01:
    'MSH [{SFT}] [UAC] {PATIENT_RESULT: [PATIENT: PID [PD1] [{PRT}] [{NTE}] [{NK1}] [{ARV}] [{PATIENT_OBSERVATION: OBX [{PRT}]}] [VISIT: PV1 [PV2] [{PRT}]]] ' +
    '{ORDER_OBSERVATION: [COMMON_ORDER: ORC [{PRT}] [ORDER_DOCUMENT: OBX [{PRT}] TXA]] OBR [{NTE}] [{PRT}] [{TIMING_QTY: TQ1 [{TQ2}]}] [CTD] ' +
    '[{OBSERVATION: OBX [{PRT}] [{NTE}]}] [{FT1}] [{CTI}] [{SPECIMEN: SPM [{SPECIMEN_OBSERVATION: OBX [{PRT}]}]}]}} [DSC]',
  ORM_O01:
    'MSH [{NTE}] [PATIENT: PID [PD1] [{NTE}] [VISIT: PV1 [PV2]] [{INSURANCE: IN1 [IN2] [IN3]}] [GT1] [{AL1}]] ' +
    '{ORDER: ORC [ORDER_DETAIL: <OBR|RQD|RQ1|RXO|ODS|ODT> [{NTE}] [CTD] [{DG1}] [{OBSERVATION: OBX [{NTE}]}]] [{FT1}] [{CTI}] [BLG]}',
  // A prior result starts with its patient (chapter 4.4.6 advises it): without that, every second order would be taken for a prior one.
  OML_O21:
    `MSH [{SFT}] [UAC] [{NTE}] ${orderPatient} {ORDER: ORC [{PRT}] ${timing} [OBSERVATION_REQUEST: OBR [TCD] [{NTE}] [{PRT}] [CTD] [{DG1}] ` +
    `[{OBSERVATION: OBX [{PRT}] [TCD] [{NTE}]}] ${specimenWithContainers} [SGH] [{PRIOR_RESULT: (PATIENT_PRIOR: PID [PD1] [{PRT}] [{ARV}]) ` +
    '[RESULT_VISIT_PRIOR: PV1 [PV2] [{PRT}]] [{AL1}] {ORDER_PRIOR: ORC [{PRT}] OBR [{NTE}] [{PRT}] [{TIMING_PRIOR: TQ1 [{TQ2}]}] ' +
    '{OBSERVATION_PRIOR: OBX [{PRT}] [{NTE}]}}}] [SGT]] [{FT1}] [{CTI}] [BLG]}',
  SIU_S12:
    'MSH SCH [{TQ1}] [{NTE}] [{PATIENT: PID [PD1] [PV1] [PV2] [{OBX}] [{DG1}]}] {RESOURCES: RGS [{SERVICE: AIS [{NTE}]}] [{GENERAL_RESOURCE: AIG [{NTE}]}] ' +
    '[{LOCATION_RESOURCE: AIL [{NTE}]}] [{PERSONNEL_RESOURCE: AIP [{NTE}]}]}',
  VXU_V04:
    'MSH [{SFT}] [UAC] PID [PD1] [{NK1}] [{ARV}] [PATIENT_VISIT: PV1 [PV2] [{ARV}]] [{GT1}] [{INSURANCE: IN1 [IN2] [IN3]}] ' +
    `[{PERSON_OBSERVATION: OBX [{PRT}] [{NTE}]}] [{ORDER: ORC [{PRT}] ${timing} RXA [RXR] [{OBSERVATION: OBX [{PRT}] [{NTE}]}]}]`,
  // own, to the end
  ACK: 'MSH [{SFT}] [UAC] MSA [{ERR}]',
  ADR_A19:
    'MSH [{SFT}] [UAC] MSA [ERR] [QAK] QRD [QRF] {QUERY_RESPONSE: [EVN] PID [PD1] [{ROL}] [{NK1}] PV1 [PV2] [{ROL}] [{DB1}] [{OBX}] [{AL1}] [{DG1}] [DRG] ' +
    `${procedure} [{GT1}] ${insurance} [ACC] [UB1] [UB2]} [DSC]`,
  BAR_P01: `${start} EVN PID [PD1] [{ROL}] [{PRT}] {VISIT: ${account}}`,
  BAR_P02: `${start} EVN {PATIENT: PID [PD1] [PV1] [{DB1}]}`,
  BAR_P05: `${start} EVN PID [PD1] [{ROL}] [{PRT}] {VISIT: ${account} [ABS] [{BLC}] [{RMI}]}`,
  DFT_P03:
    `${start} EVN PID [PD1] [{ROL}] [{PRT}] [PV1] [PV2] [{ROL}] [{PRT}] [{DB1}] [{COMMON_ORDER: [ORC] ${timing} [ORDER: OBR [{NTE}]] [{OBSERVATION: OBX [{NTE}]}]}] ` +
    `{FINANCIAL: FT1 [NTE] [{FINANCIAL_PROCEDURE: PR1 [{ROL}]}] [{FINANCIAL_COMMON_ORDER: [ORC] [{FINANCIAL_TIMING_QUANTITY: TQ1 [{TQ2}]}] [FINANCIAL_ORDER: OBR [{NTE}]] ` +
    `[{FINANCIAL_OBSERVATION: OBX [{NTE}]}]}]} [{DG1}] [DRG] [{GT1}] ${insurance} [ACC]`,
  MDM_T01: `MSH [{SFT}] [UAC] EVN PID PV1 [{COMMON_ORDER: ORC ${timing} OBR [{NTE}]}] TXA [{CON}]`,
  MFN_M01: 'MSH [{SFT}] [UAC] MFI {MF: MFE [{Z99}]}',
  MFN_M02: 'MSH [{SFT}] [UAC] MFI {MF_STAFF: MFE STF [{PRA}] [{ORG}] [{AFF}] [{LAN}] [{EDU}] [{CER}] [{NTE}]}',
  MFN_M05: 'MSH [{SFT}] [UAC] MFI {MF_LOCATION: MFE LOC [{LCH}] [{LRL}] {MF_LOC_DEPT: LDP [{LCH}] [{LCC}]}}',
  OMG_O19:
    `MSH [{SFT}] [UAC] [{NTE}] ${orderPatient} {ORDER: ORC [{PRT}] ${timing} OBR [{NTE}] [{PRT}] [CTD] [{DG1}] [{OBSERVATION: OBX [{PRT}] [{NTE}]}] ` +
    `${specimenWithContainers} [{FT1}] [{CTI}] [BLG]}`,
  OMI_O23: `MSH [{SFT}] [UAC] [{NTE}] ${orderPatient} {ORDER: ORC [{PRT}] ${timing} OBR [{NTE}] [{PRT}] [CTD] [{DG1}] [{OBSERVATION: OBX [{PRT}] [{NTE}]}] {IPC}}`,
  OMP_O09: `MSH [{SFT}] [UAC] [{NTE}] ${orderPatient} {ORDER: ORC ${timing} RXO [{NTE}] {RXR} [{COMPONENT: RXC [{NTE}]}] [{OBSERVATION: OBX [{NTE}]}] [{FT1}] [BLG]}`,
  ORL_O22:
    'MSH MSA [{ERR}] [{SFT}] [UAC] [{NTE}] [RESPONSE: [PATIENT: PID {ORDER: ORC [{TIMING: TQ1 [{TQ2}]}] [OBSERVATION_REQUEST: OBR [{SPECIMEN: SPM [{SAC}]}]]}]]',
  ORR_O02:
    'MSH MSA [{ERR}] [{SFT}] [UAC] [{NTE}] [RESPONSE: [PATIENT: PID [{NTE}]] {ORDER: ORC <OBR|RQD|RQ1|RXO|ODS|ODT> [{NTE}] [{CTI}]}]',
  ORU_R30: `MSH [{SFT}] [UAC] PID [PD1] [{PRT}] [{OBX}] [VISIT: PV1 [PV2]] ORC OBR [{NTE}] [{PRT}] ${timing} {OBSERVATION: OBX [{PRT}] [{NTE}]}`,
  OUL_R21:
    'MSH [{SFT}] [UAC] [NTE] [PATIENT: PID [PD1] [{NTE}]] [VISIT: PV1 [PV2]] {ORDER_OBSERVATION: [CONTAINER: SAC [SID]] [ORC] OBR [{NTE}] ' +
    '[{TIMING_QTY: TQ1 [{TQ2}]}] {OBSERVATION: [OBX] [TCD] [{SID}] [{NTE}]} [{CTI}]} [DSC]',
  OUL_R22:
    `MSH [{SFT}] [UAC] [NTE] ${sentPatient} {SPECIMEN: SPM [{OBX}] [{CONTAINER: SAC [INV]}] ` +
    '{ORDER: OBR [ORC] [{NTE}] [{TIMING_QTY: TQ1 [{TQ2}]}] [{RESULT: OBX [TCD] [{SID}] [{NTE}]}] [{CTI}]}} [DSC]',
  OUL_R23:
    `MSH [{SFT}] [UAC] [NTE] ${sentPatient} {SPECIMEN: SPM [{OBX}] {CONTAINER: SAC [INV] ` +
    '{ORDER: OBR [ORC] [{NTE}] [{TIMING_QTY: TQ1 [{TQ2}]}] [{RESULT: OBX [TCD] [{SID}] [{NTE}]}] [{CTI}]}}} [DSC]',
  OUL_R24:
    `MSH [{SFT}] [UAC] [NTE] ${sentPatient} {ORDER: OBR [ORC] [{NTE}] [{TIMING_QTY: TQ1 [{TQ2}]}] ` +
    '[{SPECIMEN: SPM [{SPECIMEN_OBSERVATION: OBX}] [{CONTAINER: SAC [INV]}]}] [{RESULT: OBX [TCD] [{SID}] [{NTE}]}] [{CTI}]} [DSC]',
  PPR_PC1:
    'MSH [{SFT}] [UAC] PID [PD1] [{PRT}] [PATIENT_VISIT: PV1 [PV2]] {PROBLEM: PRB [{NTE}] [{VAR}] [{PROBLEM_ROLE: ROL [{VAR}]}] [{PATHWAY: PTH [{VAR}]}] ' +
    '[{PROBLEM_OBSERVATION: OBX [{PRT}] [{NTE}]}] [{GOAL: GOL [{NTE}] [{VAR}] [{GOAL_ROLE: ROL [{VAR}]}] [{GOAL_OBSERVATION: OBX [{NTE}]}]}] ' +
    '[{ORDER: ORC [ORDER_DETAIL: <OBR|RXO|ODS|ODT> [{NTE}] [{VAR}] [{ORDER_OBSERVATION: OBX [{NTE}] [{VAR}]}]]}]}',
  QBP_Q21: 'MSH [{SFT}] [UAC] QPD [RDF] RCP [DSC]',
  QRY_A19: 'MSH [{SFT}] [UAC] QRD [QRF]',
  RAS_O17:
    `MSH [{SFT}] [UAC] [{NTE}] ${pharmacyPatient} {ORDER: ORC ${timing} ${pharmacyOrder} ` +
    '[ENCODING: RXE [{NTE}] [{TIMING_ENCODED: TQ1 [{TQ2}]}] {RXR} [{RXC}]] {ADMINISTRATION: {RXA} RXR [{OBSERVATION: OBX [{NTE}]}]} [{CTI}]}',
  RDE_O11:
    `MSH [{SFT}] [UAC] [{NTE}] ${orderPatient} {ORDER: ORC ${timing} ${pharmacyOrder} RXE [{NTE}] ` +
    '[{TIMING_ENCODED: TQ1 [{TQ2}]}] {RXR} [{RXC}] [{OBSERVATION: OBX [{NTE}]}] [{FT1}] [BLG] [{CTI}]}',
  RDS_O13:
    `MSH [{SFT}] [UAC] [{NTE}] ${pharmacyPatient} {ORDER: ORC ${timing} ${pharmacyOrder} ` +
    '[ENCODING: RXE [{NTE}] [{TIMING_ENCODED: TQ1 [{TQ2}]}] {RXR} [{RXC}]] RXD [{NTE}] {RXR} [{RXC}] [{OBSERVATION: OBX [{NTE}]}] [{FT1}]}',
  REF_I12:
    'MSH [{SFT}] [UAC] [RF1] [{AUTHORIZATION_CONTACT: AUT [CTD]}] {PROVIDER_CONTACT: PRD [{CTD}]} PID [{NK1}] [{GT1}] [{INSURANCE: IN1 [IN2] [IN3]}] [ACC] ' +
    '[{DG1}] [{DRG}] [{AL1}] ' +
    '[{PROCEDURE: PR1 [AUTHORIZATION_CONTACT_PROCEDURE: AUT [CTD]]}] [{OBSERVATION: OBR [{NTE}] [{RESULTS_NOTES: OBX [{NTE}]}]}] [PATIENT_VISIT: PV1 [PV2]] [{NTE}]',
  RSP_K21: 'MSH [{SFT}] [UAC] MSA [ERR] QAK QPD [QUERY_RESPONSE: PID [PD1] [{ARV}] [{NK1}] [QRI]] [DSC]',
  RSP_K22: 'MSH [{SFT}] [UAC] MSA [ERR] QAK QPD [{QUERY_RESPONSE: PID [PD1] [{NK1}] [QRI]}] [DSC]',
  RSP_K23: 'MSH [{SFT}] [UAC] MSA [ERR] QAK QPD [QUERY_RESPONSE: PID] [DSC]',
  SRM_S01:
    'MSH ARQ [APR] [{NTE}] [{PATIENT: PID [PV1] [PV2] [{OBX}] [{DG1}]}] {RESOURCES: RGS [{SERVICE: AIS [APR] [{NTE}]}] [{GENERAL_RESOURCE: AIG [APR] [{NTE}]}] ' +
    '[{LOCATION_RESOURCE: AIL [APR] [{NTE}]}] [{PERSONNEL_RESOURCE: AIP [APR] [{NTE}]}]}',
} as const

export type StructureName = keyof typeof structures
