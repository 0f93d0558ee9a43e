import { Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, type NagPack, ServerlessChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';

/** All that cdk-nag finds in a stack, as `<construct's path> <rule>`. */
function findingsIn(stack: IConstruct): string[] {
  return [new AwsSolutionsChecks(), new ServerlessChecks()].flatMap((pack: NagPack) => {
    // What is acknowledged is sorted out here, so that reasons without a finding show.
    Reflect.set(pack, 'isAcknowledged', () => false);
    return pack
      .validateScope(stack)
      .violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath }) => `${constructPath} ${ruleName}`),
      );
  });
}

/** The reasons that the stack gives, by `<construct's path> <rule>`. */
function reasonsIn(stack: IConstruct): Map<string, string> {
  const entries = stack.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(data as Record<string, string>))
      .map(([id, reason]): [string, string] => [
        `${node.path} ${id.replace(/^Annotation::/, '')}`,
        reason,
      ]),
  );
  return new Map(entries);
}

/** What cdk-nag finds and the stack gives no reason for, and reasons for what it does not find. */
export function nagFindings(stack: IConstruct): { unexplained: string[]; unfounded: string[] } {
  const reasons = reasonsIn(stack);
  const unfounded = new Set(reasons.keys());
  const unexplained = findingsIn(stack).filter((finding) => {
    const [path = '', rule] = splitOnce(finding);
    const fitting = pathsAbove(path).map((above) => `${above} ${rule}`);
    for (const reason of fitting) unfounded.delete(reason);
    return !fitting.some((reason) => reasons.has(reason));
  });
  return { unexplained, unfounded: [...unfounded] };
}

const splitOnce = (text: string): string[] => {
  const at = text.indexOf(' ');
  return [text.slice(0, at), text.slice(at + 1)];
};

function pathsAbove(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
