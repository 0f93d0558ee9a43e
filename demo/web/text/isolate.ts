/** A name inside a sentence: written from right to left or not, it does not change the order of the words around it. */
export const isolate = (name: string): string => `\u2068${name}\u2069`;
