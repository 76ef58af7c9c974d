// Checks of resources as wholes, by type: rules of the specification's prose that no definition carries.
import type { TypeCheck } from '../program/type-program.ts'
import { bundle } from './bundle.ts'
import { contained } from './contained.ts'
import { questionnaireResponse } from './questionnaire-response.ts'

export const resourceChecks: Readonly<Record<string, readonly TypeCheck[]>> = {
  Bundle: [bundle],
  DomainResource: [contained],
  QuestionnaireResponse: [questionnaireResponse],
}
