import { decodeJwt } from 'jose/jwt/decode';

interface Claims {
  sub: string;
  name?: string;
  email?: string;
  exp: number;
}

/** What a JWT says; the service verifies it, the page only reads. Throws when it is none. */
export const claimsOf = (token: string): Claims => decodeJwt<Claims>(token);
