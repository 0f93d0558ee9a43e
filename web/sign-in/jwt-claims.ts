/** What a JWT says; the service verifies it, the page only reads. Throws when it is none. */
export function claimsOf(token: string): {
  sub: string;
  name?: string;
  email?: string;
  exp: number;
} {
  const [, payload = ''] = token.split('.');
  const bytes = Uint8Array.from(atob(payload.replace(/-/g, '+').replace(/_/g, '/')), (char) =>
    char.charCodeAt(0),
  );
  return JSON.parse(new TextDecoder().decode(bytes));
}
