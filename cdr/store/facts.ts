// Facts: for every element of a current resource, which source said it, when that was true, and by which message. They decide what a later message may change.

export type Fact = {
  /** System that spoke, e.g. `ZJJ-HIS`; a principal id for API writes. */
  readonly source: string
  /** When it became true as the sender says; the receipt time where the sender says nothing. */
  readonly atMs: number
  /** Number of the message (0 for API writes): breaks ties of time, and finds the fact again in a replay. */
  readonly message: number
  /** The message only named the resource (a patient inside a lab result): weaker than any message about it. */
  readonly mentioned: boolean
}

/** Facts by element (`name`, `period.start`), also for elements that were cleared. */
export type Facts = ReadonlyMap<string, Fact>

export const noFacts: Facts = new Map()

/** Most resources have one fact for all their elements: the text is `[[fact, element, …], …]`, one entry per distinct fact. */
export function printFacts(facts: Facts): string {
  const keys = new Map<Fact, string>()
  const groups = new Map<string, string>()
  for (const [element, fact] of facts) {
    let key = keys.get(fact)
    if (key === undefined) keys.set(fact, (key = JSON.stringify([fact.source, fact.atMs, fact.message, fact.mentioned ? 1 : 0])))
    groups.set(key, `${groups.get(key) ?? ''},"${element}"`)
  }
  let text = ''
  for (const [key, elements] of groups) text += `${text === '' ? '' : ','}[${key}${elements}]`
  return `[${text}]`
}

export function parseFacts(text: string): Facts {
  if (text === '') return noFacts
  const facts = new Map<string, Fact>()
  for (const [[source, atMs, message, mentioned], ...elements] of JSON.parse(text) as [[string, number, number, number], ...string[]][]) {
    const fact: Fact = { source, atMs, message, mentioned: mentioned === 1 }
    for (const element of elements) facts.set(element, fact)
  }
  return facts
}

export function isNewer(a: Fact, b: Fact): boolean {
  return a.atMs !== b.atMs ? a.atMs > b.atMs : a.message >= b.message
}
