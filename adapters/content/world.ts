// The people of the demo region: resident n of a seed is the same person for every hospital, the 120 centre and the insurance.
import { type Person, person, twin } from './person.ts'
import { Random } from './random.ts'

/** Every 97th resident is the twin of the one before. */
const twinEvery = 97

export class World {
  readonly seed: string
  readonly startMs: number
  readonly residents: number
  readonly #known = new Map<number, Person>()

  /** `startMs`: the day the stories begin; ages are counted from it. */
  constructor(seed: string, startMs: number, residents: number) {
    this.seed = seed
    this.startMs = startMs
    this.residents = residents
  }

  resident(number: number): Person {
    const known = this.#known.get(number)
    if (known) return known
    const random = this.stream(`resident/${number}`)
    const found = number % twinEvery === 1 ? twin(random, this.resident(number - 1), this.startMs) : person(random, this.startMs)
    this.#known.set(number, found)
    return found
  }

  stream(label: string): Random {
    return new Random(`${this.seed}/${label}`)
  }

  /** The person's own stream: usual laboratory values and the like. */
  self(number: number): Random {
    return this.stream(`self/${number}`)
  }
}
