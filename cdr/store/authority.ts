// Authority: which sources may say what. A field that the HIS owns is never changed by the LIS; the LIS fills it only while the HIS has not spoken.
import type { Fact } from './facts.ts'

/** One line of the table of a site's overlay: `elements` as `Patient.*` or `Patient.telecom`, `order` from the strongest source to the weakest. */
export type AuthorityRule = { readonly elements: string; readonly order: readonly string[] }

export type Authority = {
  /** Smaller is stronger. Sources of equal rank compete by time. */
  rank(type: string, element: string, fact: Fact): number
}

const mentionedPenalty = 1_000
const unlisted = 500

/** The most specific rule of an element counts; a source stands in a rule by its full name (`ZJJ-HIS`) or its kind (`HIS`). */
export function compileAuthority(rules: readonly AuthorityRule[]): Authority {
  const byElement = new Map(rules.map(rule => [rule.elements, rule.order]))
  const ranks = new Map<string, number>()
  const find = (type: string, element: string, source: string): number => {
    const order =
      byElement.get(`${type}.${element}`) ??
      byElement.get(`${type}.${element.split('.')[0]}`) ??
      byElement.get(`${type}.*`) ??
      byElement.get('*')
    if (!order) return 0
    const kind = source.slice(source.lastIndexOf('-') + 1)
    const place = order.findIndex(name => name === source || name === kind)
    return place < 0 ? unlisted : place
  }
  return {
    rank(type, element, fact) {
      const key = `${type}.${element}\u001f${fact.source}`
      let rank = ranks.get(key)
      if (rank === undefined) ranks.set(key, (rank = find(type, element, fact.source)))
      return fact.mentioned ? rank + mentionedPenalty : rank
    },
  }
}

export const equalAuthority: Authority = compileAuthority([])
