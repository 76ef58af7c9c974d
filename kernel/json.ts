// The shape of JSON in memory. Decimals that a double cannot print back as received are `ExactDecimal` (formats/fhir/decimal.ts).
export type JsonScalar = string | number | boolean | null
export type JsonValue = JsonScalar | JsonObject | JsonValue[] | { toJSON(): unknown }
export type JsonObject = { [member: string]: JsonValue | undefined }
