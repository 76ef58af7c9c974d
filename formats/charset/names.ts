// Character sets by the names senders declare: HL7 table 0211 (MSH-18), XML encoding declarations, and what Chinese systems write instead.

/** What this platform reads and writes. GBK and GB2312 are subsets of GB18030 and read as it. */
export type CharsetName = 'utf-8' | 'gb18030' | 'us-ascii' | 'iso-8859-1'

/** Keys are upper case without blanks and punctuation, so `GB 18030-2000`, `gb18030_2000` and `GB18030-2000` are one name. */
const names: Readonly<Record<string, CharsetName>> = {
  UNICODEUTF8: 'utf-8',
  UTF8: 'utf-8',
  UNICODE: 'utf-8',
  GB18030: 'gb18030',
  GB180302000: 'gb18030',
  GB180302005: 'gb18030',
  GB180302022: 'gb18030',
  GBK: 'gb18030',
  GB2312: 'gb18030',
  GB23121980: 'gb18030',
  GB231280: 'gb18030',
  CP936: 'gb18030',
  WINDOWS936: 'gb18030',
  MS936: 'gb18030',
  '936': 'gb18030',
  EUCCN: 'gb18030',
  ASCII: 'us-ascii',
  USASCII: 'us-ascii',
  '7BITASCII': 'us-ascii',
  ISOIR6: 'us-ascii',
  '88591': 'iso-8859-1',
  ISO88591: 'iso-8859-1',
  ISOIR100: 'iso-8859-1',
  LATIN1: 'iso-8859-1',
}

/** The character set a declared name means, `undefined` for a name this platform does not know. Blank names are the caller's case: nothing is declared. */
export function charsetNamed(declared: string): CharsetName | undefined {
  return names[declared.toUpperCase().replace(/[^A-Z0-9]/g, '')]
}

/** How each character set is declared in MSH-18 (table 0211) and in an XML declaration. */
export const charsetLabels: Readonly<Record<CharsetName, { readonly hl7: string; readonly xml: string }>> = {
  'utf-8': { hl7: 'UNICODE UTF-8', xml: 'UTF-8' },
  gb18030: { hl7: 'GB 18030-2000', xml: 'GB18030' },
  'us-ascii': { hl7: 'ASCII', xml: 'US-ASCII' },
  'iso-8859-1': { hl7: '8859/1', xml: 'ISO-8859-1' },
}
