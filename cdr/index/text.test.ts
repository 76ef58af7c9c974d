// Search text: spellings that are the same word, and names as they sound.
import { expect } from 'chai'
import fc from 'fast-check'
import { nameEntries, pinyinEntries } from './string-entries.ts'
import { foldText, indexedText } from './text.ts'

describe('search text', () => {
  const equal: [string, string][] = [
    ['Müller', 'muller'],
    ['ÉLODIE', 'elodie'],
    ['Ｚｈａｎｇ　三', 'zhang 三'],
    ['  Peter   James ', 'peter james'],
    ['阿依古丽·买买提', '阿依古丽买买提'],
    ['阿依古丽•买买提', '阿依古丽‧买买提'],
    ['阿依古丽.买买提', '阿依古丽买买提'],
    ['张 三', '张三'],
    ['𠮷野', '𠮷野'],
    ['Ⅲ', 'iii'],
  ]
  for (const [a, b] of equal) it(`finds ${a} as ${b}`, () => expect(foldText(a)).to.equal(foldText(b)))

  it('keeps apart what differs', () => {
    expect(foldText('St. Mary')).to.equal('st. mary')
    expect(foldText('誠')).to.not.equal(foldText('诚'))
    expect(foldText('张三')).to.not.equal(foldText('张三丰'))
  })

  it('folds once and for all', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), text => foldText(foldText(text)) === foldText(text)))
  })

  it('tells two spellings of one folded text apart', () => {
    expect(indexedText('zhang')).to.equal('zhang')
    expect(indexedText('Zhang')).to.equal('zhang\u001fZhang')
    expect(indexedText('Zhang')).to.not.equal(indexedText('ZHANG'))
  })

  const names: [string, string, string][] = [
    ['欧阳珅', 'ouyangshen', 'oys'],
    ['单田芳', 'shantianfang', 'stf'],
    ['𠮷䶮', 'jiyan', 'jy'],
    ['阿依古丽·买买提', 'ayigulimaimaiti', 'ayglmmt'],
  ]
  for (const [text, whole, initials] of names) {
    it(`hears ${text}`, () => {
      expect(pinyinEntries('name-pinyin', { text }, false)).to.deep.equal([{ kind: 'string', param: 'name-pinyin', text: whole }])
      expect(pinyinEntries('name-initials', { text }, true)).to.deep.equal([{ kind: 'string', param: 'name-initials', text: initials }])
    })
  }

  it('joins Chinese names without a space and others given name first', () => {
    const texts = (name: Parameters<typeof nameEntries>[1]) =>
      nameEntries('name', name).map(entry => (entry.kind === 'string' ? entry.text : ''))
    expect(texts({ family: '诸葛', given: ['亮'] })).to.deep.equal(['诸葛亮', '诸葛', '亮'])
    expect(texts({ family: 'smith', given: ['john', 'paul'] })).to.deep.equal(['john paul smith', 'smith', 'john', 'paul'])
  })
})
