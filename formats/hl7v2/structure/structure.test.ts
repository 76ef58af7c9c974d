// Groups: the tree of every structure, and what becomes of messages as hospitals send them.
import { expect } from 'chai'
import fc from 'fast-check'
import { must } from '#kernel/result.ts'
import { type Message, parseMessage } from '../message.ts'
import { structureOf } from './events.ts'
import { type GroupRule, type Place, readGrammar } from './grammar.ts'
import { Group, type GroupedMessage, groupMessage } from './groups.ts'
import { type StructureName, structures } from './structures.ts'

function messageOf(names: readonly string[]): Message {
  return must(parseMessage(names.map(name => (name === 'MSH' ? 'MSH|^~\\&|A' : `${name}|1`)).join('\r')))
}

function shown(group: Group): string {
  return group.children.map(child => (child instanceof Group ? `${child.name}(${shown(child)})` : child.name)).join(' ')
}

function grouped(structure: StructureName, names: string): GroupedMessage {
  return groupMessage(messageOf(names.split(' ')), structure)
}

const names = Object.keys(structures) as StructureName[]

describe('formats/hl7v2 structure', () => {
  const cases: { title: string; structure: StructureName; segments: string; tree: string; faults?: string[]; unplaced?: string[] }[] = [
    {
      title: 'results of two orders with notes',
      structure: 'ORU_R01',
      segments: 'MSH PID NTE PV1 ORC OBR NTE OBX NTE OBX ORC OBR OBX',
      tree:
        'MSH PATIENT_RESULT(PATIENT(PID NTE VISIT(PV1)) ORDER_OBSERVATION(COMMON_ORDER(ORC) OBR NTE OBSERVATION(OBX NTE) OBSERVATION(OBX)) ' +
        'ORDER_OBSERVATION(COMMON_ORDER(ORC) OBR OBSERVATION(OBX)))',
    },
    {
      title: 'results of two patients',
      structure: 'ORU_R01',
      segments: 'MSH PID OBR OBX PID OBR OBX',
      tree: 'MSH PATIENT_RESULT(PATIENT(PID) ORDER_OBSERVATION(OBR OBSERVATION(OBX))) PATIENT_RESULT(PATIENT(PID) ORDER_OBSERVATION(OBR OBSERVATION(OBX)))',
    },
    {
      title: 'a specimen with an observation of its own',
      structure: 'ORU_R01',
      segments: 'MSH PID OBR OBX SPM OBX OBR OBX',
      tree: 'MSH PATIENT_RESULT(PATIENT(PID) ORDER_OBSERVATION(OBR OBSERVATION(OBX) SPECIMEN(SPM SPECIMEN_OBSERVATION(OBX))) ORDER_OBSERVATION(OBR OBSERVATION(OBX)))',
    },
    {
      title: 'a visit behind the results',
      structure: 'ORU_R01',
      segments: 'MSH PID OBR OBX PV1 PV2 OBX',
      tree: 'MSH PATIENT_RESULT(PATIENT(PID VISIT(PV1 PV2)) ORDER_OBSERVATION(OBR OBSERVATION(OBX) OBSERVATION(OBX)))',
      faults: ['hl7.segment-out-of-order PV1[1]', 'hl7.segment-out-of-order PV2[1]'],
    },
    {
      title: 'segments of the site stay where they are',
      structure: 'ORU_R01',
      segments: 'MSH ZMS PID ZPI OBR OBX ZXX OBX',
      tree: 'MSH ZMS PATIENT_RESULT(PATIENT(PID ZPI) ORDER_OBSERVATION(OBR OBSERVATION(OBX ZXX) OBSERVATION(OBX)))',
      unplaced: ['ZMS[1]', 'ZPI[1]', 'ZXX[1]'],
    },
    {
      title: 'a result whose OBR is missing',
      structure: 'ORU_R01',
      segments: 'MSH PID PV1 OBX',
      tree: 'MSH PATIENT_RESULT(PATIENT(PID VISIT(PV1)) ORDER_OBSERVATION(OBSERVATION(OBX)))',
      faults: ['hl7.segment-missing OBR[1]'],
    },
    {
      title: 'orders with specimens, one after the other',
      structure: 'OML_O21',
      segments: 'MSH PID PV1 ORC OBR OBX SPM ORC OBR SPM SAC',
      tree:
        'MSH PATIENT(PID PATIENT_VISIT(PV1)) ORDER(ORC OBSERVATION_REQUEST(OBR OBSERVATION(OBX) SPECIMEN(SPM))) ' +
        'ORDER(ORC OBSERVATION_REQUEST(OBR SPECIMEN(SPM CONTAINER(SAC))))',
    },
    {
      title: 'a second order without ORC is no prior result',
      structure: 'OML_O21',
      segments: 'MSH PID ORC OBR OBR NTE PRT OBX SPM',
      tree: 'MSH PATIENT(PID) ORDER(ORC OBSERVATION_REQUEST(OBR)) ORDER(OBSERVATION_REQUEST(OBR NTE PRT OBSERVATION(OBX) SPECIMEN(SPM)))',
      faults: ['hl7.segment-missing ORC[2]'],
    },
    {
      title: 'a role where none is foreseen opens no procedure',
      structure: 'ADT_A01',
      segments: 'MSH EVN PID PV1 DG1 ROL PRT',
      tree: 'MSH EVN PID PV1 DG1 ROL PRT',
      unplaced: ['ROL[1]', 'PRT[1]'],
    },
    {
      title: 'problems with notes and orders',
      structure: 'PPR_PC1',
      segments: 'MSH PID PV1 PRB NTE OBX NTE PRB ORC OBR OBX',
      tree:
        'MSH PID PATIENT_VISIT(PV1) PROBLEM(PRB NTE PROBLEM_OBSERVATION(OBX NTE)) ' +
        'PROBLEM(PRB ORDER(ORC ORDER_DETAIL(OBR ORDER_OBSERVATION(OBX))))',
    },
    {
      title: 'an order with a prior result',
      structure: 'OML_O21',
      segments: 'MSH PID ORC OBR PID ORC OBR OBX',
      tree: 'MSH PATIENT(PID) ORDER(ORC OBSERVATION_REQUEST(OBR PRIOR_RESULT(PATIENT_PRIOR(PID) ORDER_PRIOR(ORC OBR OBSERVATION_PRIOR(OBX)))))',
    },
    {
      title: 'orders of several kinds',
      structure: 'ORM_O01',
      segments: 'MSH PID PV1 ORC OBR NTE OBX ORC RXO NTE ORC',
      tree: 'MSH PATIENT(PID VISIT(PV1)) ORDER(ORC ORDER_DETAIL(OBR NTE OBSERVATION(OBX))) ORDER(ORC ORDER_DETAIL(RXO NTE)) ORDER(ORC)',
    },
    {
      title: 'an admission with everything',
      structure: 'ADT_A01',
      segments: 'MSH EVN PID PD1 NK1 NK1 PV1 PV2 OBX AL1 AL1 DG1 DG1 PR1 GT1 IN1 IN2 IN1',
      tree: 'MSH EVN PID PD1 NEXT_OF_KIN(NK1) NEXT_OF_KIN(NK1) PV1 PV2 OBSERVATION(OBX) AL1 AL1 DG1 DG1 PROCEDURE(PR1) GT1 INSURANCE(IN1 IN2) INSURANCE(IN1)',
    },
    {
      title: 'a note where none is foreseen, an allergy before the visit',
      structure: 'ADT_A01',
      segments: 'MSH EVN PID NTE AL1 PV1 DG1',
      tree: 'MSH EVN PID NTE AL1 PV1 DG1',
      unplaced: ['NTE[1]'],
      faults: ['hl7.segment-out-of-order PV1[1]'],
    },
    {
      title: 'a merge of two pairs',
      structure: 'ADT_A39',
      segments: 'MSH EVN PID MRG PID PD1 MRG PV1',
      tree: 'MSH EVN PATIENT(PID MRG) PATIENT(PID PD1 MRG PV1)',
    },
    {
      title: 'a swap of beds, which has every segment twice',
      structure: 'ADT_A17',
      segments: 'MSH EVN PID PV1 OBX PID PV1',
      tree: 'MSH EVN PID PV1 OBSERVATION_1(OBX) PID PV1',
    },
    {
      title: 'a swap with one patient only',
      structure: 'ADT_A17',
      segments: 'MSH EVN PID PV1',
      tree: 'MSH EVN PID PV1',
      faults: ['hl7.segment-missing PID[2]', 'hl7.segment-missing PV1[2]'],
    },
    {
      title: 'an appointment with its resources',
      structure: 'SIU_S12',
      segments: 'MSH SCH PID PV1 RGS AIS NTE AIL AIP AIP RGS AIS',
      tree: 'MSH SCH PATIENT(PID PV1) RESOURCES(RGS SERVICE(AIS NTE) LOCATION_RESOURCE(AIL) PERSONNEL_RESOURCE(AIP) PERSONNEL_RESOURCE(AIP)) RESOURCES(RGS SERVICE(AIS))',
    },
    { title: 'an acknowledgement', structure: 'ACK', segments: 'MSH MSA ERR ERR', tree: 'MSH MSA ERR ERR' },
  ]
  for (const { title, structure, segments, tree, faults = [], unplaced = [] } of cases) {
    it(`${structure}: ${title}`, () => {
      const result = grouped(structure, segments)
      expect(shown(result.root)).to.equal(tree)
      expect(result.faults.map(({ code, at }) => `${code} ${at}`)).to.deep.equal(faults)
      expect(result.unplaced.map(segment => segment.position())).to.deep.equal(unplaced)
    })
  }

  it('is walked by name', () => {
    const { root } = grouped('ORU_R01', 'MSH PID OBR OBX OBX')
    const order = root.group('PATIENT_RESULT')!.group('ORDER_OBSERVATION')!
    expect([order.segment('OBR')?.name, order.groups('OBSERVATION').length, order.segments('OBX').length]).to.deep.equal(['OBR', 2, 0])
    expect(root.group('VISIT')).to.equal(undefined)
  })

  it('leaves the segments of unknown events flat', () => {
    const result = groupMessage(messageOf(['MSH', 'ZA1', 'PID']), undefined)
    expect([shown(result.root), result.faults.length]).to.deep.equal(['MSH ZA1 PID', 0])
  })

  it('finds the structure of an event', () => {
    const of = (type: string, trigger: string, structure = '') => structureOf({ type, trigger, structure })
    const cases: [ReturnType<typeof of>, StructureName | undefined][] = [
      [of('ADT', 'A01', 'ADT_A01'), 'ADT_A01'],
      [of('ADT', 'A08'), 'ADT_A01'],
      [of('ADT', 'A08', 'ADT_A08'), 'ADT_A01'],
      [of('ADT', 'A03'), 'ADT_A03'],
      [of('ADT', 'A11', 'ADT_A09'), 'ADT_A09'],
      [of('ADT', 'A31'), 'ADT_A05'],
      [of('ADT', 'A40'), 'ADT_A39'],
      [of('ADT', 'A40', 'ORU_R01'), 'ADT_A39'],
      [of('ORU', 'R01'), 'ORU_R01'],
      [of('ORM', 'O01'), 'ORM_O01'],
      [of('OML', 'O21'), 'OML_O21'],
      [of('SIU', 'S14'), 'SIU_S12'],
      [of('MDM', 'T02'), 'MDM_T02'],
      [of('ACK', 'A01'), 'ACK'],
      [of('ADT', 'A99'), undefined],
      [of('ADT', '', 'constructor'), undefined],
      [of('', ''), undefined],
    ]
    for (const [found, expected] of cases) expect(found).to.equal(expected)
  })

  describe('every structure', () => {
    it('is a grammar that starts with MSH', () => {
      for (const name of names) expect(readGrammar(name, structures[name]).places[0]?.names, name).to.deep.equal(['MSH'])
    })

    it('is refused when a bracket is missing', () => {
      for (const wrong of ['MSH [PID', 'MSH {[PID}]', 'MSH [{G: PID]', 'MSH <A|B', 'MSH (G: PID ]'])
        expect(() => readGrammar('X', wrong), wrong).to.throw(SyntaxError)
    })

    it('takes its own messages without complaint and in the right groups', () => {
      for (const name of names) {
        for (const only of ['required', 'all'] as const) {
          const { root } = readGrammar(name, structures[name])
          const result = groupMessage(messageOf(sample(root, only)), name)
          expect(result.faults, `${name} ${only}`).to.deep.equal([])
          expect(result.unplaced, `${name} ${only}`).to.deep.equal([])
          if (only === 'required') expect(shown(result.root), name).to.equal(sampleTree(root))
        }
      }
    })
  })

  it('loses no segment and never throws, whatever the order', () => {
    const anyNames = fc.array(
      fc.constantFrom('PID', 'PV1', 'ORC', 'OBR', 'OBX', 'NTE', 'SPM', 'MRG', 'AL1', 'ZZZ', 'IN1', 'EVN', 'TQ1', 'NK1', 'QRD'),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(fc.constantFrom(...names), anyNames, (name, segments) => {
        const message = messageOf(['MSH', ...segments])
        const placed = flatten(groupMessage(message, name).root)
        expect(placed.length).to.equal(message.segments.length)
        expect(new Set(placed).size).to.equal(placed.length)
      }),
      { numRuns: 1000 },
    )
  })

  it('takes twenty thousand segments', () => {
    const result = groupMessage(messageOf(['MSH', 'EVN', ...Array.from({ length: 19_000 }, () => 'PID')]), 'ADT_A39')
    expect(result.root.groups('PATIENT').length).to.equal(19_000)
    expect(result.faults.length).to.equal(100)
  })
})

function flatten(group: Group): unknown[] {
  return group.children.flatMap(child => (child instanceof Group ? flatten(child) : [child]))
}

/** The segments of a message that has the required parts of a structure, or all of them. */
function sample(rule: Place | GroupRule, only: 'required' | 'all'): string[] {
  if (rule.kind === 'segment') return [rule.names[0]!]
  return rule.children.filter(child => only === 'all' || child.required).flatMap(child => sample(child, only))
}

function sampleTree(rule: GroupRule): string {
  const required = rule.children.filter(child => child.required)
  return required.map(child => (child.kind === 'segment' ? child.names[0] : `${child.name}(${sampleTree(child)})`)).join(' ')
}
