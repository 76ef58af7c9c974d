// Generators of XML for property tests: documents that are well-formed, and the damage that makes them not so.
import fc from 'fast-check'

const name = fc.constantFrom('a', 'b', 'Section', 'n1', '_x', '名称', 'a-b.c')
const prefix = fc.constantFrom('', '', '', 'p', 'q')
const qualified = fc.tuple(prefix, name).map(([before, local]) => (before === '' ? local : `${before}:${local}`))
const space = fc.constantFrom('', '', ' ', '\n', '\t ')
const gap = fc.constantFrom(' ', '\n', '  ')
const words = fc.constantFrom('', 'x', '张小明', '𠮷', ' ', '\n', '5.10', '&amp;', '&lt;', '&#10;', '&#x1F600;', ']]', '>', "'", '"', 'é')
const plain = fc.array(words, { maxLength: 4 }).map(parts => parts.join(''))
const quoted = fc.tuple(plain, fc.constantFrom('"', "'")).map(([value, quote]) => quote + value.replaceAll(quote, '&quot;') + quote)
const attribute = fc
  .tuple(gap, qualified, space, quoted)
  .map(([before, label, around, value]) => `${before}${label}${around}=${around}${value}`)
const comment = fc.constantFrom('<!---->', '<!-- c -->', '<!-- <a> & -->', '<?pi?>', '<?pi x="1" ?>', '<?xml-stylesheet href="a"?>')
const cdata = fc.constantFrom('<![CDATA[]]>', '<![CDATA[<a>&]]]]>', '<![CDATA[ ]>x]]>')

const { element } = fc.letrec<{ element: string; content: string }>(tie => ({
  content: fc.oneof({ maxDepth: 4 }, plain, cdata, comment, tie('element')),
  element: fc
    .tuple(
      qualified,
      fc.uniqueArray(attribute, { selector: text => text.trim().split(/[=\s]/)[0]!, maxLength: 3 }),
      space,
      fc.array(tie('content'), { maxLength: 4 }),
    )
    .map(([label, attributes, tail, content]) =>
      content.length === 0
        ? `<${label}${attributes.join('')}${tail}/>`
        : `<${label}${attributes.join('')}${tail}>${content.join('')}</${label}${tail}>`,
    ),
}))

/** Most are well-formed: what may be wrong is a prefixed attribute that meets another of the same name. */
export const xmlDocument: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('', '<?xml version="1.0"?>', "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"),
    fc.array(fc.oneof(comment, fc.constant('\n')), { maxLength: 2 }),
    fc.constantFrom('', ' xmlns="urn:d"', ' xmlns:q="urn:p"'),
    fc.array(element, { maxLength: 4 }),
    fc.array(fc.oneof(comment, fc.constant('\n')), { maxLength: 2 }),
  )
  .map(([declaration, before, extra, content, after]) => {
    const bindings = extra.includes('xmlns:q') ? ` xmlns:p="urn:p"${extra}` : ` xmlns:p="urn:p" xmlns:q="urn:q"${extra}`
    return `${declaration}${before.join('')}<root${bindings}>${content.join('')}</root>${after.join('')}`
  })

const debris = fc.constantFrom(
  ...[
    '<',
    '>',
    '/',
    '&',
    ';',
    '"',
    "'",
    '=',
    ' ',
    '\n',
    '\r',
    ':',
    '!',
    '?',
    '-',
    '--',
    ']]>',
    '<![CDATA[',
    '<!--',
    '-->',
    '<?',
    '?>',
    '</',
    '/>',
  ],
  ...[
    '<a>',
    '</a>',
    'xmlns',
    'xmlns:p=""',
    ' xmlns:xml="x"',
    ' xml:lang="zh"',
    ' p:a="1" q:a="1"',
    'x',
    '1',
    '.',
    '\x00',
    '\x0b',
    '\x7f',
    '\x85',
    '\u2028',
  ],
  ...[
    '\ufffe',
    '\ud800',
    '\udc00',
    '𠮷',
    '·',
    '\u0300',
    '&amp',
    '&#0;',
    '&#xD800;',
    '&#x110000;',
    '&foo;',
    '&#10;',
    '<?xml version="1.0"?>',
    'é',
  ],
)

/** A document with a few places cut out, doubled or strewn with markup. */
export const damagedXml: fc.Arbitrary<string> = fc
  .tuple(xmlDocument, fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(3), debris), { minLength: 1, maxLength: 3 }))
  .map(([text, wounds]) =>
    wounds.reduce((damaged, [where, cut, insert]) => {
      const at = Math.floor(where * damaged.length)
      return damaged.slice(0, at) + insert + damaged.slice(at + cut)
    }, text),
  )
