// Cases of the validator suite where the expected outcome is not what the specification says, each with the rule and who is right.

export const contradictions: Readonly<Record<string, string>> = {}
