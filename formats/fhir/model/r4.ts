// FHIR R4 (4.0.1) as a model: the one instance everybody compiles and checks against.

import compartmentsFile from '#generated/r4/compartments.json' with { type: 'json' }
import searchFile from '#generated/r4/search-parameters.json' with { type: 'json' }
import typesFile from '#generated/r4/types.json' with { type: 'json' }
import { Model } from './model.ts'
import { SearchParameters } from './search-parameters.ts'
import type { CompartmentsFile, SearchParametersFile, TypesFile } from './tables.ts'

export const r4 = new Model(typesFile as unknown as TypesFile)

export const r4SearchParameters = new SearchParameters(searchFile as unknown as SearchParametersFile, r4)

/** Resource type → the search parameters that put it into a compartment, e.g. `r4Compartments.Patient.Observation` is subject, performer. */
export const r4Compartments = (compartmentsFile as CompartmentsFile).compartments
