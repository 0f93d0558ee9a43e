import type { ErrorAnswer } from '@seenby/protocol/errors.ts';
import { service } from './service.ts';
import { type Answer, call, type User } from './user.ts';

/** A backend with a service token. */
export class Backend {
  readonly token: string;

  /** Undefined where the issuer gives the tests no service tokens. */
  static async connect(): Promise<Backend | undefined> {
    const token = await service.issueServiceToken?.();
    return token === undefined ? undefined : new Backend(token);
  }

  private constructor(token: string) {
    this.token = token;
  }

  /** Acting for nobody; whatever the answer is. */
  call<T = ErrorAnswer>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    return call<T>(this.token, method, path, body);
  }

  /** Acting for a user, by whatever text stands in the header. */
  callAs<T = ErrorAnswer>(
    user: string | User,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<Answer<T>> {
    const actAs = typeof user === 'string' ? user : user.userId;
    return call<T>(this.token, method, path, body, { 'Seenby-Act-As': actAs });
  }
}
