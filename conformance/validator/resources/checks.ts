// Checks of resources as wholes, by type: rules of the specification's prose that no definition carries.
import type { TypeCheck } from '../program/type-program.ts'
import { bundle } from './bundle.ts'
import { codeSystem } from './code-system.ts'
import { conceptMap } from './concept-map.ts'
import { contained } from './contained.ts'
import { measureReport } from './measure-report.ts'
import { observation } from './observation.ts'
import { questionnaire } from './questionnaire.ts'
import { questionnaireResponse } from './questionnaire-response.ts'
import { searchParameter } from './search-parameter.ts'
import { structureDefinition } from './structure-definition.ts'
import { valueSet } from './value-set.ts'

export const resourceChecks: Readonly<Record<string, readonly TypeCheck[]>> = {
  Bundle: [bundle],
  CodeSystem: [codeSystem],
  ConceptMap: [conceptMap],
  DomainResource: [contained],
  MeasureReport: [measureReport],
  Observation: [observation],
  Questionnaire: [questionnaire],
  QuestionnaireResponse: [questionnaireResponse],
  SearchParameter: [searchParameter],
  StructureDefinition: [structureDefinition],
  ValueSet: [valueSet],
}
