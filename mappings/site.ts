// The plans of one site: the base with the site's overlay on it, and everything else an overlay decides.

import type { SiteNames } from './functions/setting.ts'
import { applyOverlay, type PlanSet } from './language/apply-overlay.ts'
import type { Findings } from './language/finding.ts'
import type { Constants, Overlay } from './language/plan.ts'
import type { LoadedPlans } from './load-plans.ts'

export type AuthorityRule = { readonly elements: string; readonly order: readonly string[] }

export type Site = PlanSet & {
  /** Empty for the base plans. */
  readonly name: string
  readonly names: SiteNames
  readonly codes: ReadonlyMap<string, string>
  readonly constants: Constants
  readonly authority: readonly AuthorityRule[]
}

/** `own` are the plan files of the site itself: new plans, and the overlay over the base. */
export function openSite(name: string, base: LoadedPlans, own: LoadedPlans, findings: Findings): Site {
  const overlays = [...base.overlays, ...own.overlays]
  const start: PlanSet = { plans: new Map([...base.plans, ...own.plans]), messages: new Map([...base.messages, ...own.messages]) }
  const whole = overlays.reduce((set, overlay) => applyOverlay(set, overlay, findings), start)
  const merged = <V>(pick: (overlay: Overlay) => ReadonlyMap<string, V>) => new Map(overlays.flatMap(overlay => [...pick(overlay)]))
  const constants = merged(overlay => overlay.constants)
  const texts = (name: string) => new Set(constants.get(name))
  return {
    plans: whole.plans,
    messages: taken(whole.messages, base, own, findings),
    name,
    names: {
      authorities: merged(overlay => overlay.authorities),
      systems: merged(overlay => overlay.systems),
      numbers: merged(overlay => overlay.numbers),
      idCardTypes: texts('idCardTypes'),
      plainNumberTypes: texts('plainNumberTypes'),
    },
    codes: merged(overlay => overlay.codes),
    constants,
    authority: own.overlays.flatMap(overlay => overlay.authority),
  }
}

/** The message plans of the site itself, and those of the base that it uses. */
function taken(messages: PlanSet['messages'], base: LoadedPlans, own: LoadedPlans, findings: Findings): PlanSet['messages'] {
  const overlay = own.overlays.find(each => each.uses !== undefined)
  if (!overlay) return messages
  for (const name of overlay.uses!) if (!base.messages.has(name)) findings.add(overlay.at, '', `there is no message plan ${name} to use`)
  return new Map([...messages].filter(([name]) => own.messages.has(name) || overlay.uses!.includes(name)))
}
