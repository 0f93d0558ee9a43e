import { wireAuthenticate } from './auth/authenticate.ts';
import { httpHandler } from './handlers/http-handler.ts';
import { wire } from './wiring.ts';

/** Every HTTP request. */
export const handler = httpHandler({ ...wire(), authenticate: wireAuthenticate() });
