import type { HttpRoute } from '../../protocol/routes.ts';
import { done, type Outcome } from '../outcome.ts';
import type { HttpContext } from './http-context.ts';

/** What a route answers; 200 unless it says otherwise. */
export interface Answer {
  status?: 200 | 201;
  body: object;
}

export type Route = (context: HttpContext) => Promise<Outcome<Answer>>;

/** The routes of one part of the interface, by API Gateway's route keys. */
export type Routes = { [R in HttpRoute]?: Route };

export const answer = <T extends object>(
  outcome: Outcome<T>,
  status: 200 | 201 = 200,
): Outcome<Answer> =>
  outcome.ok ? done({ status, body: outcome.value }, outcome.pushes) : outcome;
