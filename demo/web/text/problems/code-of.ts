import type { SeenbyError, SeenbyErrorCode } from '@seenby/client';

/** The code of an error. A token that could not be asked for is a connection that is missing, and no refusal. */
export const codeOf = ({ code, cause }: SeenbyError): SeenbyErrorCode =>
  // What `fetch` throws where nobody is reached.
  code === 'NO_TOKEN' && cause instanceof TypeError ? 'OFFLINE' : code;
