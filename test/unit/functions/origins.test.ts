import { describe, expect, it } from 'vitest';
import { isAllowedOrigin } from '../../../functions/auth/origins.ts';
import { foreignOrigins } from '../../support/attacks/origins.ts';

const own = 'https://chat.example.com';
const allowed = [own, 'https://example.org'];

describe('[SE8] an upgrade', () => {
  it.each(foreignOrigins(own))('by a page of %s is refused', (origin) => {
    expect(isAllowedOrigin(allowed, { Origin: origin })).toBe(false);
    expect(isAllowedOrigin(['*'], { Origin: origin })).toBe(true);
  });

  it('by a page of the own sites is allowed, and by a program, which says none', () => {
    for (const origin of allowed) expect(isAllowedOrigin(allowed, { origin })).toBe(true);
    for (const headers of [{}, null]) expect(isAllowedOrigin(allowed, headers)).toBe(true);
  });

  it('by a page that says nothing of its origin is refused', () => {
    expect(isAllowedOrigin(allowed, { origin: '' })).toBe(false);
  });
});
