// A parsed pattern as a JavaScript regular expression: every character escaped, so that dialects cannot differ.
import type { CharSet, RegexNode } from './syntax.ts'

export function toNativeSource(node: RegexNode): string {
  switch (node.kind) {
    case 'set':
      return setSource(node.set)
    case 'sequence':
      return node.items.map(item => (item.kind === 'choice' ? `(?:${toNativeSource(item)})` : toNativeSource(item))).join('')
    case 'choice':
      return node.options.map(toNativeSource).join('|')
    case 'repeat':
      return `(?:${toNativeSource(node.item)})${quantifier(node.min, node.max)}${node.lazy ? '?' : ''}`
    case 'group':
      return `(${node.name === undefined ? '' : `?<${node.name}>`}${toNativeSource(node.item)})`
    case 'assertion':
      return assertions[node.assertion]
    case 'look':
      return `(?${node.ahead ? '' : '<'}${node.negated ? '!' : '='}${toNativeSource(node.item)})`
    case 'reference':
      return typeof node.to === 'number' ? `(?:\\${node.to})` : `\\k<${node.to}>`
  }
}

/** `start` and `end` mean the whole text only where the flag m is not set. */
const assertions = { '^': '^', $: '$', start: '^', end: '$', word: '\\b', notWord: '\\B' } as const

function quantifier(min: number, max: number): string {
  if (max === Number.POSITIVE_INFINITY) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`
  return min === 0 && max === 1 ? '?' : `{${min},${max}}`
}

function setSource({ ranges, properties, negated }: CharSet): string {
  if (ranges.length === 0 && properties.length === 0) return negated ? '[\\s\\S]' : '[]'
  const [first] = ranges
  if (!negated && properties.length === 0 && ranges.length === 1 && first![0] === first![1]) return charSource(first![0])
  const inside = ranges.map(([from, to]) => (from === to ? charSource(from) : `${charSource(from)}-${charSource(to)}`)).join('')
  const classes = properties.map(name => (name.startsWith('^') ? `\\P{${name.slice(1)}}` : `\\p{${name}}`)).join('')
  return `[${negated ? '^' : ''}${inside}${classes}]`
}

function charSource(code: number): string {
  const char = String.fromCodePoint(code)
  return /[A-Za-z0-9]/.test(char) ? char : `\\u{${code.toString(16)}}`
}
