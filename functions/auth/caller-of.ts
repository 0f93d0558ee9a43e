import { type HttpRoute, isForServices } from '@seenby/protocol/http-requests.ts';
import { idSchema } from '@seenby/protocol/ids/identifiers.ts';
import { done, type Refusal, type Result, refuse } from '../runtime/result.ts';
import { type Caller, serviceItself } from '../service/service.ts';
import type { Authentication } from './authenticate.ts';

/**
 * Who a request is to be answered as: the user of the token, or whom a backend acts for. Only a backend may
 * name somebody, and without a name it does what is for backends alone.
 */
export function callerOf(
  authentication: Authentication,
  actAs: string | undefined,
  route: HttpRoute,
): Result<Caller> {
  switch (authentication.outcome) {
    case 'expired':
      return refuse('TOKEN_EXPIRED', 'The token has expired.');
    case 'refused':
      return refuse('UNAUTHORIZED', 'No valid token.');
    case 'authenticated':
      if (actAs !== undefined) return onlyServices('name in Seenby-Act-As whom they act for');
      if (isForServices(route) === 'alone') return onlyServices('call this');
      return done(authentication.identity);
    case 'service':
      return actAs === undefined ? asItself(route) : as(actAs, route);
  }
}

function asItself(route: HttpRoute): Result<Caller> {
  if (isForServices(route)) return done(serviceItself);
  return refuse('FORBIDDEN', 'Name in Seenby-Act-As the user to act for.');
}

function as(actAs: string, route: HttpRoute): Result<Caller> {
  const userId = idSchema.safeParse(actAs);
  if (!userId.success) return refuse('BAD_REQUEST', 'Seenby-Act-As: is not a user id.');
  if (isForServices(route) === 'alone') {
    return refuse('FORBIDDEN', 'No user may call this: leave Seenby-Act-As out.');
  }
  return done({ userId: userId.data, isService: true });
}

const onlyServices = (what: string): Refusal =>
  refuse('FORBIDDEN', `Only service tokens may ${what}.`);
