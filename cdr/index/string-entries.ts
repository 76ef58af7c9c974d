// Strings as index rows (search.html#string): names and addresses whole and in parts, and Chinese names as they sound.
import { pinyin } from 'pinyin-pro'
import type { IndexEntry } from '#kernel/index-entry.ts'
import type { JsonObject, JsonValue } from '#kernel/json.ts'
import { foldText, indexedText } from './text.ts'

export function stringEntries(param: string, value: JsonValue): IndexEntry[] {
  return rows(param, typeof value === 'string' ? [value] : [])
}

export function nameEntries(param: string, name: JsonObject): IndexEntry[] {
  return rows(param, [...wholeNames(name), ...texts(name['family']), ...texts(name['given'])])
}

export function addressEntries(param: string, address: JsonObject): IndexEntry[] {
  const parts = ['state', 'city', 'district', 'line', 'postalCode', 'country'].flatMap(member => texts(address[member]))
  const largestFirst = ['state', 'city', 'district', 'line'].flatMap(member => texts(address[member])).join('')
  return rows(param, [...texts(address['text']), ...(/\p{Script=Han}/u.test(largestFirst) ? [largestFirst] : []), ...parts])
}

/** `zhangsan`, and `zs`: how a name sounds, its surname read as surnames are (单 is Shàn). */
export function pinyinEntries(param: string, name: JsonObject, initials: boolean): IndexEntry[] {
  const whole = wholeNames(name).find(text => /\p{Script=Han}/u.test(text))
  if (whole === undefined) return []
  const letters = foldText(whole).replace(/[\s·]/g, '').replaceAll('𠮷', '吉')
  const sounds = pinyin(letters, { toneType: 'none', mode: 'surname', type: 'array', pattern: initials ? 'first' : 'pinyin', v: true })
  return rows(param, [sounds.join('')])
}

/** As written out, and as the parts read together: Chinese names without a space, others given name first. */
function wholeNames(name: JsonObject): string[] {
  const family = texts(name['family']).join('')
  const given = texts(name['given'])
  const chinese = /\p{Script=Han}/u.test(family + given.join(''))
  const joined = chinese ? family + given.join('') : [...given, family].join(' ').trim()
  return [...texts(name['text']), ...(family !== '' && given.length > 0 ? [joined] : [])]
}

function rows(param: string, values: readonly string[]): IndexEntry[] {
  const stored = new Set(values.map(indexedText).filter(text => text !== ''))
  return [...stored].map(text => ({ kind: 'string', param, text }))
}

function texts(value: JsonValue | undefined): string[] {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : []
}
