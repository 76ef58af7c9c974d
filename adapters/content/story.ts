// The endless story of a hospital: journeys begin as days go by, and their events are told in the order of time. Every simulator of a tenant reads the same one.
import { dayMs, hourMs, hourOf, stamp } from './china-time.ts'
import { emsRun, runStates } from './ems-run.ts'
import { type HospitalCode, hospitals } from './hospital.ts'
import { diagnosis } from './illness.ts'
import { journey } from './journey.ts'
import type { StoryEvent } from './story-event.ts'
import type { World } from './world.ts'

/** Beginnings by hour of the day, midnight first: hospitals wake at seven and rest at noon. */
const byHour = [2, 1, 1, 1, 1, 2, 4, 9, 14, 14, 12, 8, 5, 9, 11, 9, 6, 4, 4, 5, 4, 3, 3, 2]
const byHourMean = byHour.reduce((sum, weight) => sum + weight, 0) / 24

/** How many begin a day, on average, at a time. */
export type Rate = (atMs: number) => number

export function* hospitalStory(world: World, code: HospitalCode, rate: Rate): Generator<StoryEvent> {
  const hospital = hospitals[code]
  yield* inOrder(
    world,
    `arrivals/${code}`,
    atMs => rate(atMs) * hospital.share,
    (index, startMs) => journey(world, hospital, index, startMs),
  )
}

/** Runs of the 120 centre that bring nobody: refused, cancelled, nobody there. One to twelve journeys. */
export function* emptyRuns(world: World, rate: Rate): Generator<StoryEvent> {
  yield* inOrder(
    world,
    'arrivals/EMS',
    atMs => rate(atMs) / 12,
    (index, startMs) => {
      const random = world.stream(`run/${index}`)
      const person = world.resident(random.integer(0, world.residents - 1))
      const [impression] = diagnosis(random, 'EMS', person, startMs, '急诊医学科')
      if (!impression) return []
      const run = emsRun(random, {
        number: `${stamp(startMs).slice(0, 8)}9${String(index % 100_000).padStart(5, '0')}`,
        person,
        impression,
        arrivalMs: startMs + hourMs,
      })
      const stages = runStates.filter(stage => run.times[stage] !== undefined)
      const events = stages.map(
        (stage): StoryEvent => ({
          about: 'ems',
          event: { run, stage },
          eventMs: run.times[stage]!,
          atMs: run.times[stage]!,
          journey: index,
        }),
      )
      const endMs = events.at(-1)!.atMs + random.integer(60, 600) * 1000
      return [...events, { about: 'ems', event: { run, stage: 'ended' }, eventMs: endMs, atMs: endMs, journey: index }]
    },
  )
}

/** Endless stories told as one. */
export function* together(...stories: readonly Generator<StoryEvent>[]): Generator<StoryEvent> {
  const next = (story: Generator<StoryEvent>) => story.next().value as StoryEvent
  const heads = stories.map(next)
  for (;;) {
    let first = 0
    for (let i = 1; i < heads.length; i++) if (heads[i]!.atMs < heads[first]!.atMs) first = i
    yield heads[first]!
    heads[first] = next(stories[first]!)
  }
}

/** A journey may speak before it begins (the call to 120): nothing is told until no earlier event can come. */
const earliestBeforeMs = 2 * hourMs

function* inOrder(
  world: World,
  label: string,
  rate: Rate,
  eventsOf: (index: number, startMs: number) => readonly StoryEvent[],
): Generator<StoryEvent> {
  const random = world.stream(label)
  const waiting = new EventHeap()
  let startMs = world.startMs
  for (let index = 0; ; index++) {
    const busy = byHour[hourOf(startMs)]! / byHourMean
    startMs += Math.ceil((-Math.log(1 - random.next()) * dayMs) / (rate(startMs) * busy) / 1000) * 1000
    for (const event of eventsOf(index, startMs)) waiting.push(event)
    while (waiting.first !== undefined && waiting.first.atMs < startMs - earliestBeforeMs) yield waiting.shift()!
  }
}

/** A binary heap by time told, then by insertion. */
class EventHeap {
  readonly #items: { event: StoryEvent; serial: number }[] = []
  #serial = 0

  get first(): StoryEvent | undefined {
    return this.#items[0]?.event
  }

  push(event: StoryEvent): void {
    const items = this.#items
    items.push({ event, serial: this.#serial++ })
    let at = items.length - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!this.#before(at, parent)) break
      ;[items[at], items[parent]] = [items[parent]!, items[at]!]
      at = parent
    }
  }

  shift(): StoryEvent | undefined {
    const items = this.#items
    const first = items[0]
    const last = items.pop()
    if (items.length === 0 || last === undefined) return first?.event
    items[0] = last
    for (let at = 0; ; ) {
      let least = at
      for (const child of [2 * at + 1, 2 * at + 2]) if (child < items.length && this.#before(child, least)) least = child
      if (least === at) return first!.event
      ;[items[at], items[least]] = [items[least]!, items[at]!]
      at = least
    }
  }

  #before(a: number, b: number): boolean {
    const [left, right] = [this.#items[a]!, this.#items[b]!]
    return left.event.atMs < right.event.atMs || (left.event.atMs === right.event.atMs && left.serial < right.serial)
  }
}
