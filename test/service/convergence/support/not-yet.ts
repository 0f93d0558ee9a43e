/**
 * What is known and not mended yet, and therefore left out: actions and properties by name. Each has a
 * sentence; whoever mends it takes it away.
 */
const notYet = new Set<string>([
  // A reminder that is pushed, or that is not because of one a moment ago, is in the list of groups of the
  // next connection only; what is read takes it out of the service's list, and not out of the client's.
  'reminders',
]);

export const isNotYet = (what: string): boolean => notYet.has(what);
