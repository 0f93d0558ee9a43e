import { it } from 'vitest';
import { Backend } from '../../support/wire/backend.ts';

/** A test that is skipped where the issuer gives no service tokens. */
export const itWithBackend = (title: string, run: (backend: Backend) => Promise<void>): void =>
  it(title, async (test) => {
    const backend = await Backend.connect();
    if (backend) return run(backend);
    return test.skip('the issuer gives no service tokens');
  });
