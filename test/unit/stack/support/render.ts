type Intrinsic = Readonly<Record<string, unknown>>;

/** CDK ends each logical id with a hash of its path; without it the name can be read. */
function readableId(logicalId: unknown): string {
  return String(logicalId).replace(/[0-9A-F]{8}$/, '');
}

function renderIntrinsic(value: Intrinsic): string {
  if ('Ref' in value) return `<${readableId(value.Ref)}>`;
  const attribute = value['Fn::GetAtt'];
  if (Array.isArray(attribute)) return `<${readableId(attribute[0])}.${attribute[1]}>`;
  const text = value['Fn::Sub'];
  if (typeof text === 'string') return text.replace(/\$\{(.+?)\}/g, '<$1>');
  const join = value['Fn::Join'];
  if (Array.isArray(join) && Array.isArray(join[1])) return join[1].map(render).join(join[0]);
  throw new Error(`Cannot render ${JSON.stringify(value)}`);
}

/** A template value as one line of text: `<Table.Arn>/index/byUser`. */
export function render(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? renderIntrinsic(value as Intrinsic)
    : String(value);
}
