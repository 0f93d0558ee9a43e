import { expect, it } from 'vitest';
import { judgeAudit } from '../../../scripts/supply-chain/judge-audit.ts';

const advisory = (id: string, name: string) => ({
  ...{ url: `https://github.com/advisories/${id}`, name, title: 'Reads too much' },
  ...{ severity: 'high', range: '<1.2.3' },
});
const report = JSON.stringify({
  auditReportVersion: 2,
  vulnerabilities: {
    left: { via: [advisory('GHSA-1', 'left')] },
    right: { via: ['left', advisory('GHSA-2', 'right')] },
  },
});
const accept = (...ids: string[]) => ids.map((id) => ({ id, reason: 'Runs in tests only' }));

it('names each weakness that is not accepted', () => {
  expect(judgeAudit(report, accept('GHSA-1'))).toEqual([
    'GHSA-2 (high): right <1.2.3: Reads too much',
  ]);
  expect(judgeAudit(report, accept('GHSA-1', 'GHSA-2'))).toEqual([]);
});

it('names what is accepted and no longer there', () => {
  const clean = JSON.stringify({ auditReportVersion: 2, vulnerabilities: {} });
  expect(judgeAudit(clean, [])).toEqual([]);
  expect(judgeAudit(clean, accept('GHSA-1'))).toEqual([
    'GHSA-1 is accepted, and no dependency has it any more.',
  ]);
});

it.each([
  ['{"message":"405 Method Not Allowed","error":{}}', '405 Method Not Allowed'],
  ['offline', 'offline'],
])('is no clean audit where the registry does not answer: %s', (text, why) => {
  expect(judgeAudit(text, [])).toEqual([`The registry did not say what is known: ${why}`]);
});
