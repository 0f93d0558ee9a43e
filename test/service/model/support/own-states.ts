import { isDeepStrictEqual } from 'node:util';
import type { OwnState } from '@seenby/protocol/entities.ts';
import { expectSame } from './checks/expect-same.ts';
import type { Comparisons } from './comparisons.ts';

type Fields = Omit<OwnState, 'groupId' | 'stateVersion'>;

const isOwnState = (value: object): value is OwnState => 'stateVersion' in value;

const fieldsOf = ({ readSeq, unreadCount, mentionCount, lastSeq }: OwnState): Fields => ({
  ...{ readSeq, unreadCount, mentionCount, lastSeq },
});

/**
 * All that members are told of where they stand, in the order in which it became true. The version never
 * falls, and rises with every difference. The model knows no versions: they are taken out of the answers.
 */
export class OwnStates {
  readonly #compared: Comparisons;
  readonly #newest = new Map<string, { version: number; fields: Fields }>();

  constructor(compared: Comparisons) {
    this.#compared = compared;
  }

  /** The answer without versions, and without the words of its errors. */
  take<T>(userId: string, answer: T): T {
    return JSON.parse(
      JSON.stringify(answer, (key, value) => {
        // What an error says in words is for people.
        if (key === 'message' && typeof value === 'string') return undefined;
        if (typeof value !== 'object' || value === null || !isOwnState(value)) return value;
        this.#check(userId, value);
        const { stateVersion: _version, ...rest } = value;
        return rest;
      }),
    );
  }

  #check(userId: string, state: OwnState): void {
    const { groupId, stateVersion } = state;
    const fields = fieldsOf(state);
    const name = `${userId} in ${groupId}`;
    const before = this.#newest.get(name);
    if (before) {
      const what = `${name}: version ${stateVersion} after ${before.version}`;
      const same = isDeepStrictEqual(fields, before.fields);
      const isNewer = stateVersion > before.version;
      expectSame(isNewer || (same && stateVersion === before.version), true, what);
      this.#compared.note('versions of own states');
    }
    this.#newest.set(name, { version: stateVersion, fields });
  }
}
