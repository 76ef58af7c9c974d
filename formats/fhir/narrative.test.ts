// What a narrative's div may hold, and what it may not (narrative.html#rules).
import { expect } from 'chai'
import { isValidNarrative } from './narrative.ts'

const xmlns = 'xmlns="http://www.w3.org/1999/xhtml"'

const valid = [
  `<div ${xmlns}>血压 120/80 mm[Hg]</div>`,
  `<div ${xmlns}><p>欧阳珅</p><br/><hr /></div>`,
  `<div ${xmlns}>𠮷</div >`,
  `<div  xmlns='http://www.w3.org/1999/xhtml'  lang="zh-CN">誠</div>\n`,
  `<div ${xmlns}><!-- 说明 -->阴性</div>`,
  `<div ${xmlns}><img src="#x" alt="心电图"/></div>`,
  `<div ${xmlns}><a href="https://example.org/a?b=1&amp;c=2">报告</a></div>`,
  `<div ${xmlns}>&lt; 5 &#956;mol/L &#x3bc;</div>`,
]

const invalid: [string, string][] = [
  ['empty', ''],
  ['text without a div', '阴性'],
  ['no namespace', '<div>阴性</div>'],
  ['the namespace in another attribute', '<div title="http://www.w3.org/1999/xhtml">阴性</div>'],
  ['another namespace', '<div xmlns="http://www.w3.org/1999/html">阴性</div>'],
  ['another root', `<p ${xmlns}>阴性</p>`],
  ['no content', `<div ${xmlns}> \n<p></p></div>`],
  ['closed at once', `<div ${xmlns}/>`],
  ['not closed', `<div ${xmlns}><p>阴性</div>`],
  ['never closed', `<div ${xmlns}>阴性`],
  ['a tag that does not end', `<div ${xmlns}>阴性<p`],
  ['something after it', `<div ${xmlns}>阴性</div>阳性`],
  ['two of them', `<div ${xmlns}>阴性</div><div ${xmlns}>阳性</div>`],
  ['a script', `<div ${xmlns}>阴性<script>x</script></div>`],
  ['a form', `<div ${xmlns}>阴性<input type="text"/></div>`],
  ['an event', `<div ${xmlns} onclick="x()">阴性</div>`],
  ['a script in a link', `<div ${xmlns}><a href=" javascript:x()">阴性</a></div>`],
  ['an attribute twice', `<div ${xmlns}><p id="a" id="b">阴性</p></div>`],
  ['an attribute without quotes', `<div ${xmlns}><p id=a>阴性</p></div>`],
  ['an ampersand alone', `<div ${xmlns}>A & B</div>`],
  ['a comment with two hyphens', `<div ${xmlns}><!-- a -- b -->阴性</div>`],
  ['a processing instruction', `<div ${xmlns}><?x y?>阴性</div>`],
  ['too many levels', `<div ${xmlns}>${'<p>'.repeat(300)}阴性${'</p>'.repeat(300)}</div>`],
]

describe('narrative', () => {
  for (const div of valid) it(`allows ${div.trim().slice(0, 90)}`, () => expect(isValidNarrative(div)).to.equal(true))
  for (const [name, div] of invalid) it(`refuses ${name}`, () => expect(isValidNarrative(div)).to.equal(false))
})
