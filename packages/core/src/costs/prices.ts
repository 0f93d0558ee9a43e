/** US dollars for one of each, on demand in us-east-1, with functions on arm64. */
export const prices = {
  writeUnits: 0.625e-6,
  readUnits: 0.125e-6,
  frames: 1e-6,
  connectionMinutes: 0.25e-6,
  lambdaRequests: 0.2e-6,
  lambdaGbSeconds: 13.3334e-6,
  queueRequests: 0.4e-6,
  logGigabytes: 0.5,
};

/** What is paid for, and how much of it. */
export type Quantities = Record<keyof typeof prices, number>;

/** Of some or all of it. */
export const dollarsOf = (quantities: Partial<Quantities>): number =>
  paidFor.reduce((sum, name) => sum + (quantities[name] ?? 0) * prices[name], 0);

/** The lines of a bill, in order. */
export const paidFor = Object.keys(prices) as (keyof typeof prices)[];
