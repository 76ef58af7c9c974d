// Where the outcome of a case of the validator suite is not ours: why, and who is right. What is not listed is a defect nobody has looked at.

export type Disagreement = { readonly why: string; readonly weAreRight: boolean }

function noCodes(system: string): Disagreement {
  return {
    why: `${system} is not at hand without a terminology server, so its codes are not judged; the reference validator is right`,
    weAreRight: false,
  }
}

function theirs(why: string): Disagreement {
  return { why: `${why}; the reference validator is right`, weAreRight: false }
}

function sameVerdict(why: string): Disagreement {
  return { why: `same verdict, other count: ${why}`, weAreRight: false }
}

export const disagreements: Readonly<Record<string, Disagreement>> = {
  'bundle-id-4': noCodes('CVX'),
  'bundle-id-5': noCodes('CVX'),
  cvx: noCodes('CVX'),
  'vs-bad-code': noCodes('SNOMED CT'),
  'vs-bad-ecl': noCodes('SNOMED CT'),
  'obs-temp-bad': noCodes('SNOMED CT'),
  'sdoh-type-slice': noCodes('LOINC'),
  'supplement-2': noCodes('LOINC'),
  'uuid-extension': noCodes('SNOMED CT'),
  'uk-msg': noCodes('SNOMED CT'),
  'ab-list-slicing': {
    why: 'references.html#contained: a contained resource may refer to another by #id, so the reference leads to a Device and the element is in the slice',
    weAreRight: true,
  },
  'choice-async-qr': sameVerdict('the wrong display is told once, at the coding; the reference validator tells it again for the answer'),
  'measure-report-ihe': sameVerdict('two definitions without a code that are missing are told once, since nothing tells them apart'),
  'ext-ccuk': sameVerdict('slicing on the root element is told by sdf-20 only'),
  'ext-xver-modifier-2': theirs('cross-version extensions are not known here'),
  'mr-covid-m2': theirs('names in CQL libraries are not looked up'),
  'mr-covid-m5': sameVerdict('names in CQL libraries are not looked up'),
  'cs-narrative-status-pub': theirs('rules for publication by HL7 are not part of this validator'),
  'vs-params-2': theirs('parameters of value sets (an extension of the tools) are not read'),
  'vs-params-3': theirs('parameters of value sets (an extension of the tools) are not read'),
  'bundle-document-versioned-references-bad': sameVerdict('a missing version is told once, by the rule of documents'),
  'ips-htmlrefs-backwards': sameVerdict('links between narrative and resources are not checked'),
}
