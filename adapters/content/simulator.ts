// What every simulator is: a pure generator from seed and clock to bytes with delays, beside each the generator's intent.
import type { Clock } from '#kernel/clock.ts'
import { dayMs } from './china-time.ts'
import { Random } from './random.ts'
import type { Intent } from './statement.ts'
import type { Rate } from './story.ts'
import type { StoryEvent } from './story-event.ts'
import { World } from './world.ts'

export type SimulatedMessage = {
  /** Time to wait after the message before; 0 while the story catches up with the clock. */
  readonly delayMs: number
  readonly bytes: Buffer
  /** `ADT^A01`, `1101`, `vehicle-state` … */
  readonly kind: string
  readonly intent: Intent
}

export type Simulator = (seed: string, clock: Clock, pace?: Partial<Pace>) => Iterable<SimulatedMessage>

/** How much happens. Simulators that tell one story must be given the same pace. */
export type Pace = {
  /** Days before the clock's now with which the story begins: sent without waiting. */
  readonly historyDays: number
  /** Journeys (or 120 runs) a day while it catches up, and from then on. */
  readonly historyPerDay: number
  readonly livePerDay: number
  readonly residents: number
}

export const usualPace: Pace = { historyDays: 7, historyPerDay: 40, livePerDay: 400, residents: 3000 }

/** A message before its delay is known. */
export type Draft = Omit<SimulatedMessage, 'delayMs'>

/** How often a sender that missed the answer sends the same bytes again. */
const sentAgain = 0.004

export type Told = {
  readonly seed: string
  readonly clock: Clock
  readonly pace: Partial<Pace> | undefined
  /** The story, given the world and its rate. */
  readonly story: (world: World, rate: Rate) => Generator<StoryEvent>
  /** What the system says of an event; undefined when it says nothing. `serial` counts its messages from 1. */
  readonly say: (event: StoryEvent, serial: number) => Draft | undefined
}

/** Plays a story through one system's mouth, endlessly. The clock is read once: the rest follows from it. */
export function* simulate({ seed, clock, pace, story, say }: Told): Generator<SimulatedMessage> {
  const { historyDays, historyPerDay, livePerDay, residents } = { ...usualPace, ...pace }
  const nowMs = Math.floor(clock.now() / 1000) * 1000
  const world = new World(seed, nowMs - historyDays * dayMs, residents)
  const again = new Random(`${seed}/again`)
  let serial = 0
  let sentMs = nowMs
  for (const event of story(world, atMs => (atMs < nowMs ? historyPerDay : livePerDay))) {
    const draft = say(event, serial + 1)
    if (!draft) continue
    serial++
    const dueMs = Math.max(sentMs, event.atMs)
    yield { delayMs: dueMs - sentMs, ...draft }
    sentMs = dueMs
    if (again.chance(sentAgain)) yield { delayMs: 0, ...draft, intent: { ...draft.intent, words: `${draft.intent.words}（重发）` } }
  }
}
