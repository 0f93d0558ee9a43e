/** An item as the store's code has it. */
export type Item = Record<string, unknown>;
