import type { AnswerOf, StatusOf } from '@seenby/protocol/http-answers.ts';
import type { HttpInput, HttpRoute } from '@seenby/protocol/http-requests.ts';
import { mapResult, type ResultWithPushes } from '../../push/recipients/push.ts';
import type { Result } from '../../runtime/result.ts';
import type { HttpContext } from './http-context.ts';

export interface Answer<R extends HttpRoute = HttpRoute> {
  status: StatusOf<R>;
  body: AnswerOf<R>;
}

/** Calls the use case of a route. The protocol says what comes in and what goes out. */
export type Route<R extends HttpRoute> = (
  context: HttpContext,
  input: HttpInput<R>,
) => Promise<ResultWithPushes<Answer<R>>>;

/** The routes of one part of the interface, by API Gateway's route keys. */
export type Routes = { [R in HttpRoute]?: Route<R> };

const answerWith =
  <S extends number>(status: S) =>
  <T>(result: Result<T> | ResultWithPushes<T>): ResultWithPushes<{ status: S; body: T }> =>
    mapResult(result, (body) => ({ status, body }));

export const ok = answerWith(200);
export const created = answerWith(201);
export const accepted = answerWith(202);
