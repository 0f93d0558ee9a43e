import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';

const maxLengths = { name: 40, text: 2000 };

/** A field of the body. Refuses the request where it is no text, empty, or too long. */
export async function readText(c: Context, field: keyof typeof maxLengths): Promise<string> {
  const body = await c.req.json().catch(() => undefined);
  const text = body?.[field];
  const max = maxLengths[field];
  if (typeof text === 'string' && text.trim() !== '' && text.length <= max) return text;
  throw new HTTPException(400, { message: `${field}: a text of 1 to ${max} characters` });
}
