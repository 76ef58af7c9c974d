// JSON as connected systems print it: numbers with the decimals they mean, so that 36.0 and 5.10 arrive as they were measured.

const mark = 'decimal\u001f'

/** A number to be printed with this many decimals; only `jsonBytes` knows how to print it. */
export function decimal(value: number, digits: number): string {
  return mark + value.toFixed(digits)
}

export function jsonBytes(body: object): Buffer {
  const text = JSON.stringify(body).replace(/"decimal\\u001f(-?\d+\.\d+)"/g, '$1')
  return Buffer.from(text, 'utf8')
}
