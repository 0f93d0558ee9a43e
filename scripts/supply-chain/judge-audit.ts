import type { AcceptedAdvisory } from './accepted-advisories.ts';

interface Advisory {
  url: string;
  title: string;
  name: string;
  severity: string;
  range: string;
}

/** What `npm audit --json` prints. A text in `via` names another package that brings the weakness. */
interface AuditReport {
  vulnerabilities?: Record<string, { via: (Advisory | string)[] }>;
  message?: string;
}

/** What is wrong, a line each; nothing if every weakness is accepted and each acceptance is needed. */
export function judgeAudit(text: string, accepted: readonly AcceptedAdvisory[]): string[] {
  const report = readReport(text);
  if (report.vulnerabilities === undefined) {
    return [`The registry did not say what is known: ${report.message ?? text.trim()}`];
  }
  const found = new Map(
    Object.values(report.vulnerabilities)
      .flatMap(({ via }) => via.filter((each) => typeof each !== 'string'))
      .map((advisory) => [idOf(advisory), advisory]),
  );
  const isAccepted = (id: string) => accepted.some((each) => each.id === id);
  const unknown = [...found].filter(([id]) => !isAccepted(id)).map(describe);
  const needless = accepted.filter(({ id }) => !found.has(id));
  return [
    ...unknown,
    ...needless.map(({ id }) => `${id} is accepted, and no dependency has it any more.`),
  ];
}

function readReport(text: string): AuditReport {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

const idOf = ({ url }: Advisory): string => url.slice(url.lastIndexOf('/') + 1);

const describe = ([id, { name, range, severity, title }]: [string, Advisory]): string =>
  `${id} (${severity}): ${name} ${range}: ${title}`;
