// Requests that no honest client sends, and what each must be answered: malformed, oversized, misdirected, forged, or meant to break something.

export type Hostile = {
  readonly what: string
  readonly method: string
  /** Below the mount; what starts with `/fhir` or `/tenants` is taken as it is. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** `none`: no token; any other text is sent in its place. */
  readonly token?: string
  readonly status: number
  /** Code of the first fault; undefined where the answer is no OperationOutcome. */
  readonly fault: string | undefined
}

const patient = '{"resourceType":"Patient","name":[{"text":"䶮珅"}]}'
const bundle = (entry: string, type = 'transaction') => `{"resourceType":"Bundle","type":"${type}","entry":[${entry}]}`
const strict = { prefer: 'handling=strict' }
const deep = (levels: number) => `{"resourceType":"Patient","extension":${'[{"extension":'.repeat(levels)}[]${'}]'.repeat(levels)}}`

function post(what: string, body: string, status: number, fault: string | undefined, headers?: Record<string, string>): Hostile {
  return { what, method: 'POST', path: '/Patient', body, status, fault, headers }
}

function get(what: string, path: string, status: number, fault: string | undefined, headers?: Record<string, string>): Hostile {
  return { what, method: 'GET', path, status, fault, headers }
}

const badJson: Hostile[] = [
  post('empty body', '', 400, 'json.empty'),
  post('white space', '   ', 400, 'json.empty'),
  post('a number', '5', 400, 'json.not-object'),
  post('null', 'null', 400, 'json.not-object'),
  post('a list', '[]', 400, 'json.not-object'),
  post('cut off', '{"resourceType":"Pat', 400, 'json.string-unfinished'),
  post('comma at the end', '{"resourceType":"Patient",}', 400, 'json.member-expected'),
  post('comment', '{"resourceType":"Patient" /* x */}', 400, 'json.separator-expected'),
  post('single quotes', "{'resourceType':'Patient'}", 400, 'json.member-expected'),
  post('two documents', `${patient}${patient}`, 400, 'json.trailing'),
  post('the same member twice', '{"resourceType":"Patient","active":true,"active":false}', 400, 'json.member-duplicate'),
  post('a prototype', '{"resourceType":"Patient","__proto__":{"active":true}}', 400, 'json.member-forbidden'),
  post('a constructor', '{"resourceType":"Patient","constructor":{"x":1}}', 422, 'fhir.invalid'),
  post('a raw control character', '{"resourceType":"Patient","gender":"a\u0001"}', 400, 'json.string-control'),
  post('an escaped NUL', '{"resourceType":"Patient","gender":"a\\u0000"}', 400, 'json.nul'),
  post('a lone surrogate', '{"resourceType":"Patient","gender":"\\ud800"}', 400, 'json.surrogate'),
  post(
    'a number of a thousand digits and more',
    `{"resourceType":"Patient","multipleBirthInteger":${'9'.repeat(1001)}}`,
    413,
    'json.number-too-long',
  ),
  post('a bad number', '{"resourceType":"Patient","multipleBirthInteger":01}', 400, 'json.number-invalid'),
  post('too deep', deep(120), 413, 'json.depth'),
  post('very deep', '['.repeat(100_000), 413, 'json.depth'),
  post('XML', '<Patient xmlns="http://hl7.org/fhir"/>', 400, 'json.value-expected'),
]

const badResource: Hostile[] = [
  post('no type', '{}', 400, 'fhir.type-mismatch'),
  post('another type', '{"resourceType":"Observation"}', 400, 'fhir.type-mismatch'),
  post('a type that is no text', '{"resourceType":7}', 400, 'fhir.type-mismatch'),
  post('an unknown element', '{"resourceType":"Patient","shoeSize":42}', 422, 'fhir.invalid'),
  post('a list for a single', '{"resourceType":"Patient","gender":["male"]}', 422, 'fhir.invalid'),
  post('a single for a list', '{"resourceType":"Patient","name":{"text":"x"}}', 422, 'fhir.invalid'),
  post('text for a boolean', '{"resourceType":"Patient","active":"yes"}', 422, 'fhir.invalid'),
  post('an impossible day', '{"resourceType":"Patient","birthDate":"2023-02-29"}', 422, 'fhir.invalid'),
  post('script for a date', '{"resourceType":"Patient","birthDate":"<script>"}', 422, 'fhir.invalid'),
  post('an empty object', '{"resourceType":"Patient","name":[{}]}', 422, 'fhir.invalid'),
  post('a null', '{"resourceType":"Patient","name":null}', 422, 'fhir.invalid'),
  post('an unknown contained type', '{"resourceType":"Patient","contained":[{"resourceType":"Rootkit"}]}', 422, 'fhir.invalid'),
  { what: 'PUT without id', method: 'PUT', path: '/Patient/a', body: patient, status: 400, fault: 'fhir.id-mismatch' },
  {
    what: 'PUT with another id',
    method: 'PUT',
    path: '/Patient/a',
    body: '{"resourceType":"Patient","id":"b"}',
    status: 400,
    fault: 'fhir.id-mismatch',
  },
  {
    what: 'PUT with an id that is no text',
    method: 'PUT',
    path: '/Patient/a',
    body: '{"resourceType":"Patient","id":{"a":1}}',
    status: 400,
    fault: 'fhir.id-mismatch',
  },
  {
    what: 'PUT of a condition that says nothing',
    method: 'PUT',
    path: '/Patient?_count=1',
    body: patient,
    status: 412,
    fault: 'fhir.condition-empty',
  },
  {
    what: 'DELETE of a condition that is not understood',
    method: 'DELETE',
    path: '/Patient?colour=red',
    status: 400,
    fault: 'fhir.parameter-unknown',
  },
  post('If-None-Exist that is not understood', patient, 400, 'fhir.parameter-unknown', { 'if-none-exist': 'colour=red' }),
  post('If-None-Exist that says nothing', patient, 412, 'fhir.condition-empty', { 'if-none-exist': '_format=json' }),
]

const badForm: Hostile[] = [
  post('a form', 'resourceType=Patient', 415, 'fhir.media-type', { 'content-type': 'application/x-www-form-urlencoded' }),
  post('plain text', patient, 415, 'fhir.media-type', { 'content-type': 'text/plain' }),
  post('an image', patient, 415, 'fhir.media-type', { 'content-type': 'image/png' }),
  post('another character set', patient, 415, 'fhir.media-type', { 'content-type': 'application/fhir+json; charset=gb18030' }),
  post('compressed', patient, 415, 'fhir.media-type', { 'content-encoding': 'gzip' }),
  get('only PDF accepted', '/Patient', 406, 'fhir.not-acceptable', { accept: 'application/pdf' }),
  get('JSON ruled out', '/Patient', 406, 'fhir.not-acceptable', { accept: 'application/fhir+json;q=0' }),
  get('an unknown _format', '/Patient?_format=pdf', 406, 'fhir.not-acceptable'),
  { what: 'JSON to _search', method: 'POST', path: '/Patient/_search', body: patient, status: 415, fault: 'fhir.media-type' },
]

const badPath: Hostile[] = [
  get('an unknown type', '/Rootkit', 404, 'fhir.type-unknown'),
  get('a type in lower case', '/patient/1', 404, 'fhir.type-unknown'),
  get('an abstract type', '/DomainResource/1', 404, 'fhir.type-unknown'),
  get('a data type', '/HumanName/1', 404, 'fhir.type-unknown'),
  get('__proto__', '/__proto__/1', 404, 'http.not-found'),
  get('constructor', '/constructor/1', 404, 'fhir.type-unknown'),
  get('an unknown id', '/Patient/nobody', 404, 'fhir.unknown'),
  get('an id that is too long', `/Patient/${'a'.repeat(65)}`, 400, 'fhir.id-invalid'),
  get('an id with a quote', "/Patient/a'--", 400, 'fhir.id-invalid'),
  get('an id with a space', '/Patient/a%20b', 400, 'fhir.id-invalid'),
  get('an id in Chinese', '/Patient/%E5%BC%A0%E4%B8%89', 400, 'fhir.id-invalid'),
  get('a slash that is hidden', '/Patient/a%2F_history', 400, 'http.parameter'),
  get('a NUL', '/Patient/a%00', 400, 'http.parameter'),
  get('a line end', '/Patient/a%0d%0aset-cookie:x', 400, 'http.parameter'),
  get('half a character', '/Patient/%E5%BC', 400, 'http.parameter'),
  get('no escape', '/Patient/%zz', 400, 'http.parameter'),
  get('a version that is no number', '/Patient/one/_history/x', 404, 'fhir.version-unknown'),
  get('version 0', '/Patient/one/_history/0', 404, 'fhir.version-unknown'),
  get('a version that never was', '/Patient/one/_history/99', 404, 'fhir.version-unknown'),
  get('a version beyond counting', '/Patient/one/_history/99999999999999999999', 404, 'fhir.version-unknown'),
  get('far too long a path', `/Patient/one/_history/1/${'x/'.repeat(50)}`, 404, 'http.not-found'),
  get('an unknown operation', '/Patient/one/$format-disk', 404, 'fhir.operation-unknown'),
  get('an operation of another type', '/Observation/x/$everything', 404, 'fhir.operation-unknown'),
  get('an operation that changes things by GET', '/Patient/$validate', 405, 'fhir.interaction-unsupported'),
  get('the base', '/', 405, 'fhir.interaction-unsupported'),
  get('system history', '/_history', 404, 'http.not-found'),
  get('type history', '/Patient/_history', 404, 'http.not-found'),
  { what: 'PATCH', method: 'PATCH', path: '/Patient/one', body: '[]', status: 405, fault: 'fhir.interaction-unsupported' },
  { what: 'OPTIONS', method: 'OPTIONS', path: '/Patient', status: 405, fault: 'fhir.interaction-unsupported' },
  { what: 'DELETE of everything', method: 'DELETE', path: '/Patient', status: 405, fault: 'fhir.interaction-unsupported' },
  { what: 'PUT to a type', method: 'PUT', path: '/Patient', body: patient, status: 405, fault: 'fhir.interaction-unsupported' },
  { what: 'POST to an instance', method: 'POST', path: '/Patient/one', body: patient, status: 405, fault: 'fhir.interaction-unsupported' },
  { what: 'POST to metadata', method: 'POST', path: '/metadata', body: patient, status: 405, fault: 'fhir.interaction-unsupported' },
]

const badQuery: Hostile[] = [
  get('SQL in a name', "/Patient?name=x'%20OR%20'1'='1&_count=5", 200, undefined),
  get('SQL in a token', "/Patient?identifier=1');DROP%20TABLE%20resource;--", 200, undefined),
  get('SQL in a sort', '/Patient?_sort=name;DROP%20TABLE%20resource', 400, 'fhir.parameter-value'),
  get('wildcards', '/Patient?name=%25_%25', 200, undefined),
  get('a bad count', '/Patient?_count=all', 400, 'fhir.parameter-value'),
  get('a negative count', '/Patient?_count=-5', 400, 'fhir.parameter-value'),
  get('a huge count', '/Patient?_count=99999999999', 200, undefined),
  get('a count beyond numbers', `/Patient?_count=${'9'.repeat(40)}`, 400, 'fhir.parameter-value'),
  get('a bad date', '/Patient?birthdate=31.12.1949', 400, 'fhir.parameter-value'),
  get('a bad prefix', '/Patient?birthdate=xx1949', 400, 'fhir.parameter-value'),
  get('a bad number', '/Observation?value-quantity=NaN', 400, 'fhir.parameter-value'),
  get('an endless number', '/Observation?value-quantity=1e400', 400, 'fhir.parameter-value'),
  get('an unknown parameter, strict', '/Patient?colour=red', 400, 'fhir.parameter-unknown', strict),
  get('an unknown modifier, strict', '/Patient?name:sounds=red', 400, 'fhir.modifier-unsupported', strict),
  get('a chain, strict', '/Observation?subject.name=x', 400, 'fhir.parameter-unknown', strict),
  get('an include, strict', '/Observation?_include=Observation:subject', 400, 'fhir.parameter-unknown', strict),
  get('a parameter without a name', '/Patient?=x', 400, 'http.parameter'),
  get('a prototype as parameter', '/Patient?__proto__=x', 400, 'fhir.parameter-unknown', strict),
  get('a control character', '/Patient?name=a%07', 400, 'http.parameter'),
  get('half a character', '/Patient?name=%E5', 400, 'http.parameter'),
  get('three hundred parameters', `/Patient?${'name=a&'.repeat(300)}`, 400, 'http.parameter'),
  get('two thousand alternatives', `/Patient?_id=${Array.from({ length: 2000 }, (_, i) => i).join(',')}`, 400, 'fhir.parameter-value'),
  get('a page nobody gave', '/Patient?_page=e30.AAAA', 400, 'fhir.parameter-value'),
  get('a page of nonsense', '/Patient?_page=..%2f..%2fetc', 400, 'fhir.parameter-value'),
  get('bad history page', '/Patient/one/_history?_page=5', 400, 'fhir.parameter-value'),
  get('everything since nonsense', '/Patient/one/$everything?_since=ever', 400, 'fhir.parameter-value'),
  get('everything of an unknown type', '/Patient/one/$everything?_type=Rootkit', 400, 'fhir.parameter-value'),
]

const badHeader: Hostile[] = [
  { ...get('no token', '/Patient/one', 401, 'auth.required'), token: 'none' },
  { ...get('a forged token', '/Patient/one', 401, 'auth.invalid-token'), token: 'eyJhbGciOiJub25lIn0.e30.' },
  { ...get('nonsense for a token', '/Patient/one', 401, 'auth.invalid-token'), token: 'Patient/one' },
  { ...get('a cookie that is no session', '/Patient/one', 401, 'auth.invalid-token', { cookie: 'huilian_session=x' }), token: 'none' },
  get('a tenant that is not mine', '/Patient', 403, 'auth.tenant', { 'x-tenant': 'QPJW' }),
  get('a tenant that is none', '/Patient', 403, 'auth.tenant', { 'x-tenant': '../ZJJ' }),
  get('a mount that is not mine', '/tenants/QPJW/fhir/Patient', 403, 'auth.tenant'),
  get('the system tenant', '/tenants/SYSTEM/fhir/Patient', 403, 'auth.tenant'),
  get('a mount that never was', '/tenants/NOWHERE/fhir/Patient', 403, 'auth.tenant'),
  {
    what: 'If-Match that is none',
    method: 'PUT',
    path: '/Patient/one',
    body: '{"resourceType":"Patient","id":"one"}',
    headers: { 'if-match': 'latest' },
    status: 400,
    fault: 'http.parameter',
  },
  {
    what: 'If-Match of a version long gone',
    method: 'PUT',
    path: '/Patient/one',
    body: '{"resourceType":"Patient","id":"one"}',
    headers: { 'if-match': 'W/"77"' },
    status: 412,
    fault: 'fhir.version-conflict',
  },
  {
    what: 'If-None-Match: * on what exists',
    method: 'PUT',
    path: '/Patient/one',
    body: '{"resourceType":"Patient","id":"one"}',
    headers: { 'if-none-match': '*' },
    status: 412,
    fault: 'fhir.version-conflict',
  },
  {
    what: 'DELETE with a wrong If-Match',
    method: 'DELETE',
    path: '/Patient/one',
    headers: { 'if-match': 'W/"77"' },
    status: 412,
    fault: 'fhir.version-conflict',
  },
]

function send(what: string, body: string, status: number, fault: string): Hostile {
  return { what: `bundle: ${what}`, method: 'POST', path: '/', body, status, fault }
}

const badBundle: Hostile[] = [
  send('a Patient', patient, 400, 'fhir.bundle-invalid'),
  send('a searchset', bundle('', 'searchset'), 400, 'fhir.bundle-invalid'),
  send('no type', '{"resourceType":"Bundle","entry":[]}', 400, 'fhir.bundle-invalid'),
  send('entry that is no list', '{"resourceType":"Bundle","type":"batch","entry":{}}', 400, 'fhir.bundle-invalid'),
  send('an entry that is null', bundle('null'), 400, 'fhir.bundle-invalid'),
  send('an entry without request', bundle(`{"resource":${patient}}`), 400, 'fhir.bundle-invalid'),
  send('an unknown verb', bundle('{"request":{"method":"STEAL","url":"Patient/one"}}'), 400, 'fhir.bundle-invalid'),
  send('a URL elsewhere', bundle('{"request":{"method":"GET","url":"http://127.0.0.1:1/latest"}}'), 400, 'fhir.bundle-invalid'),
  send('a file', bundle('{"request":{"method":"GET","url":"file:///etc/passwd"}}'), 400, 'fhir.bundle-invalid'),
  send(
    'an unknown type',
    bundle('{"request":{"method":"PUT","url":"Rootkit/1"},"resource":{"resourceType":"Rootkit"}}'),
    404,
    'fhir.type-unknown',
  ),
  send(
    'a Bundle in a Bundle',
    bundle('{"request":{"method":"POST","url":""},"resource":{"resourceType":"Bundle"}}'),
    405,
    'fhir.interaction-unsupported',
  ),
  send('a write without resource', bundle('{"request":{"method":"POST","url":"Patient"}}'), 400, 'fhir.syntax'),
  send(
    'a resource of another type',
    bundle('{"request":{"method":"POST","url":"Patient"},"resource":{"resourceType":"Group"}}'),
    400,
    'fhir.type-mismatch',
  ),
  send(
    'an unsound resource',
    bundle('{"request":{"method":"POST","url":"Patient"},"resource":{"resourceType":"Patient","x":1}}'),
    422,
    'fhir.invalid',
  ),
  send(
    'the same resource twice',
    bundle(Array(2).fill('{"request":{"method":"PUT","url":"Patient/t"},"resource":{"resourceType":"Patient","id":"t"}}').join()),
    400,
    'fhir.bundle-invalid',
  ),
  send(
    'the same name twice',
    bundle(Array(2).fill(`{"fullUrl":"urn:uuid:1","request":{"method":"POST","url":"Patient"},"resource":${patient}}`).join()),
    400,
    'fhir.bundle-invalid',
  ),
  send(
    'a name that nobody has',
    bundle(
      '{"request":{"method":"POST","url":"Account"},"resource":{"resourceType":"Account","status":"active","subject":[{"reference":"urn:uuid:nobody"}]}}',
    ),
    400,
    'fhir.reference-unresolved',
  ),
  send(
    'a PATCH',
    bundle('{"request":{"method":"PATCH","url":"Patient/one"},"resource":{"resourceType":"Parameters"}}'),
    405,
    'fhir.interaction-unsupported',
  ),
  send('an operation', bundle('{"request":{"method":"POST","url":"Patient/$validate"}}'), 405, 'fhir.interaction-unsupported'),
  send('more entries than are taken', bundle(Array(20_001).fill('{}').join()), 413, 'fhir.bundle-too-large'),
]

/** The token of these requests sees tenant ZJJ alone, which holds `Patient/one` in version 1. */
export const hostileRequests: readonly Hostile[] = [
  ...badJson,
  ...badResource,
  ...badForm,
  ...badPath,
  ...badQuery,
  ...badHeader,
  ...badBundle,
]
