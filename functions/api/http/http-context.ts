import type { Caller, Service } from '../../service/service.ts';
import type { Cursors } from '../../store/cursors.ts';

/** Who asks, and what a use case needs to answer. */
export interface HttpContext {
  service: Service;
  cursors: Cursors;
  caller: Caller;
}

/** What a request brings, as it came. */
export interface RawInput {
  path: Record<string, string | undefined>;
  query: Record<string, string | undefined>;
  body: string | undefined;
}
