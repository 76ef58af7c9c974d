// What a regular expression may be and make at most.

export const patternLengthMax = 2000

/** Characters of a text that an expression makes. */
export const textLengthMax = 16 * 1024 * 1024
