// What SEENBY_TOKEN_COMMAND may be: prints a token for the account in SEENBY_USER. Like most issuers,
// and unlike the local one, it gives users ids of its own.
//   node test/deployment/print-token.ts http://localhost:3000
import { createHash } from 'node:crypto';

const { SEENBY_USER = '', SEENBY_USER_NAME: name, SEENBY_EXPIRES_IN: expiry } = process.env;
const hex = createHash('sha256').update(SEENBY_USER).digest('hex');
const userId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
const response = await fetch(`${process.argv[2]}/dev/token`, {
  method: 'POST',
  body: JSON.stringify({ userId, name, ...(expiry && { expiresInSeconds: Number(expiry) }) }),
});
console.log(((await response.json()) as { token: string }).token);
