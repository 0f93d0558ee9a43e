import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clientFrameTable, pushTable, replyTable } from '@seenby/protocol/socket-routes.ts';
import { describeSocket } from '../async-api.ts';
import type { Json } from '../components.ts';
import { describeHttp } from '../open-api.ts';
import { type FrameExample, readFrames } from './frame-file.ts';
import { type HttpRequest, readHttpFile } from './http-file.ts';
import { fieldTable, textOfSchema } from './schema-text.ts';

const examplesDir = join(import.meta.dirname, '../../../docs/examples');
const readExample = (file: string): string => readFileSync(join(examplesDir, file), 'utf8');

const about = `Every route and every frame with its fields and an example, made of the schemas by
\`node scripts/describe-protocol.ts\`. [The protocol](protocol.md) says what they do. \`?\` marks a field that may be
absent. Each failure is answered with an [error code](protocol.md#error-codes).

The examples are parts of two files that tests send to the service: [seenby.http](examples/seenby.http) runs in editors
with a REST client, and the lines of [frames.txt](examples/frames.txt) can be typed into \`npx wscat\`.`;

/** The reference of the wire as Markdown. */
export function describeReference(): string {
  const { requests } = readHttpFile(readExample('seenby.http'));
  const frames = readFrames(readExample('frames.txt'));
  const parts = [
    ...['# Protocol reference', about, '## HTTP'],
    ...describeRoutes(describeHttp(), requests),
    ...describeFrames(describeSocket(), frames),
  ];
  return `${parts.join('\n\n')}\n`;
}

interface Operation {
  summary: string;
  parameters: { name: string; in: string; required: boolean; schema: Json }[];
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
}
type Content = Record<'application/json', { schema: Json }>;

function describeRoutes({ paths }: Json, requests: readonly HttpRequest[]): string[] {
  const routes = Object.entries(paths as Record<string, Record<string, Operation>>);
  return routes.flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, operation]) => {
      const route = `${method.toUpperCase()} ${path}`;
      return [
        `### ${route}`,
        operation.summary,
        ...describeOperation(operation),
        ...shown(route, requests),
      ];
    }),
  );
}

function describeOperation({ parameters, requestBody, responses }: Operation): string[] {
  const query = parameters.filter((each) => each.in === 'query');
  const properties = Object.fromEntries(query.map(({ name, schema }) => [name, schema]));
  const required = query
    .filter((each) => each.required && each.schema.default === undefined)
    .map(({ name }) => name);
  const queried =
    query.length > 0 ? ['In the query:', ...fieldTable({ properties, required })] : [];
  const body = requestBody?.content['application/json'].schema;
  const answers = Object.entries(responses).flatMap(([status, { content }]) => {
    const schema = content?.['application/json'].schema;
    return schema && status !== 'default' ? [`${status}: ${textOfSchema(schema)}`] : [];
  });
  return [
    ...queried,
    ...(body
      ? ['In the body:', ...(body.properties ? fieldTable(body) : [textOfSchema(body)])]
      : []),
    `Answers ${answers.join('. Answers ')}.`,
  ];
}

function shown(route: string, requests: readonly HttpRequest[]): string[] {
  const example = requests.find(({ title }) => title === route);
  return example ? [`\`\`\`http\n${example.text}\n\`\`\``] : [];
}

interface MessageDescription {
  payload: Json;
}

function describeFrames({ components }: Json, examples: readonly FrameExample[]): string[] {
  const { messages, schemas } = components as {
    messages: Record<string, MessageDescription>;
    schemas: Record<string, Json>;
  };
  const fieldsOf = (type: string) =>
    fieldTable(messages[type]?.payload ?? {}, ['type', 'requestId', 'timestamp']);
  const exampleOf = (type: string) => {
    const example = examples.find(({ sent }) => sent.type === type);
    return example ? [consoleOf(example)] : [];
  };
  return [
    '## What a client sends',
    ...clientFrameTable.flatMap(({ type, about, replies }) => [
      ...[`### ${type}`, about, ...fieldsOf(type)],
      replies.length > 0
        ? `Reply: ${replies.map((reply) => `\`${reply}\``).join(', ')}.`
        : 'There is no reply.',
      ...exampleOf(type),
    ]),
    '## What the service replies',
    ...replyTable.flatMap(({ type, about }) => [`### ${type}`, about, ...fieldsOf(type)]),
    '## What the service pushes',
    ...pushTable.flatMap(({ type, about }) => [`### ${type}`, about, ...fieldsOf(type)]),
    '## Shapes',
    ...Object.entries({ ...httpSchemas(), ...schemas })
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([name, schema]) => [`### ${name}`, ...describeShape(schema)]),
  ];
}

const httpSchemas = (): Record<string, Json> =>
  (describeHttp().components as { schemas: Record<string, Json> }).schemas;

function describeShape(schema: Json): string[] {
  const described = typeof schema.description === 'string' ? [schema.description] : [];
  return [...described, ...(schema.properties ? fieldTable(schema) : [`${textOfSchema(schema)}.`])];
}

const consoleOf = ({ sent, reply }: FrameExample): string =>
  [
    '```console',
    `> ${JSON.stringify(sent)}`,
    ...(reply ? [`< ${JSON.stringify(reply)}`] : []),
    '```',
  ].join('\n');
