/** Whether random tests and tests of great numbers run at full length: `npm run test:nightly`. */
export const isNightly = process.env.SEENBY_NIGHTLY !== undefined;

/** A number of runs, members or messages: enough for every change, and many for the night. */
export const usually = (number: number, { nightly }: { nightly: number }): number =>
  isNightly ? nightly : number;
