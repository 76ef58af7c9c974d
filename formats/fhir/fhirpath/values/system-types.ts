// The types that FHIRPath itself defines (namespace System), and what each is called.

export const systemTypeNames = ['Any', 'Boolean', 'String', 'Integer', 'Long', 'Decimal', 'Date', 'DateTime', 'Time', 'Quantity'] as const

export type SystemTypeName = (typeof systemTypeNames)[number]

export function isSystemTypeName(name: string): name is SystemTypeName {
  return (systemTypeNames as readonly string[]).includes(name)
}
