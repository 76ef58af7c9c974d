// Regular expressions out of definitions and questionnaires: foreign text, so they run on the engine that cannot run away.
import { Regex } from '#formats/fhir/fhirpath/regex/regex.ts'

const stepsMax = 200_000

/** Whether a whole text matches; undefined for an expression that is not valid. An exhausted budget counts as no match. */
export function fullMatcher(pattern: string): ((text: string) => boolean) | undefined {
  let regex: Regex
  try {
    regex = Regex.of(pattern, '', 0)
  } catch {
    return undefined
  }
  return text => {
    let left = stepsMax
    const meter = {
      spend(steps: number) {
        left -= steps
        if (left < 0) throw exhausted
      },
    }
    try {
      return regex.testFull(text, meter)
    } catch {
      return false
    }
  }
}

const exhausted = new Error('budget of a regular expression')
