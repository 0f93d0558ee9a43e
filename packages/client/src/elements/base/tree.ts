/**
 * Of the properties of nodes `host` and `isConnected` are not used: the build gives short names to the
 * SDK's own properties of that name.
 */
const above = (node: Node): Node | undefined =>
  node.parentNode ?? (Reflect.get(node, 'host') as Node | undefined);

export const isInDocument = (node: Node): boolean =>
  node.getRootNode({ composed: true }) === document;

/** The first answer of a node or of one above it. */
export function nearest<T>(node: Node, ask: (node: Node) => T | undefined): T | undefined {
  for (let each: Node | undefined = node; each; each = above(each)) {
    const answer = ask(each);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
