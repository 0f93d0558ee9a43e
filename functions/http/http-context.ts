import type { Cursors } from '../cursors.ts';
import type { Caller, Service } from '../service.ts';

/** A request whose caller is known. Values are as they came: each route checks its own. */
export interface HttpContext {
  service: Service;
  cursors: Cursors;
  caller: Caller;
  path: Record<string, string | undefined>;
  query: Record<string, string | undefined>;
  body: string | undefined;
}
