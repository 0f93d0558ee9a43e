/** A known weakness of a dependency that does not concern this project. */
export interface AcceptedAdvisory {
  /** Such as `GHSA-xxxx-xxxx-xxxx`. */
  id: string;
  /** Why it may stay: where the package is used, and what an attacker would need. */
  reason: string;
}

/** `npm run audit` fails for every other one, and for one of these that is no longer found. */
export const acceptedAdvisories: readonly AcceptedAdvisory[] = [];
