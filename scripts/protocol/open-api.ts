import { errorAnswerSchema } from '@seenby/protocol/error-schemas.ts';
import { type HttpRouteDescription, httpRouteTable } from '@seenby/protocol/http-routes.ts';
import { idSchema, seqSchema } from '@seenby/protocol/ids/identifiers.ts';
import { protocolVersion } from '@seenby/protocol/version.ts';
import * as z from 'zod/mini';
import { Components, type Json, sorted } from './components.ts';
import { describeWebhook } from './webhook.ts';

/** What a path parameter is once its segment is decoded. */
const pathSchemas = { groupId: idSchema, userId: idSchema, seq: seqSchema };

/** The HTTP routes as an OpenAPI 3.1 document. */
export function describeHttp(): Json {
  const components = new Components();
  const paths: Record<string, Json> = {};
  for (const route of httpRouteTable) {
    const { path, method } = route;
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(route, components) };
  }
  const webhooks = describeWebhook(components);
  const error = contentOf(components.describe(errorAnswerSchema, 'answered'));
  return {
    openapi: '3.1.0',
    info: {
      title: 'Seenby over HTTP',
      version: String(protocolVersion),
      description: 'Read receipts for group chat. docs/protocol.md says what each route does.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: 'http://localhost:3000', description: 'The local cloud' }],
    security: [{ bearer: [] }],
    paths,
    webhooks,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      responses: { Error: { description: 'Why the request was refused.', content: error } },
      schemas: sorted(components.schemas),
    },
  };
}

function operationOf(route: HttpRouteDescription, components: Components): Json {
  const { body } = route.request;
  return {
    operationId: operationIdOf(route),
    summary: route.about,
    parameters: [
      ...pathParametersOf(route, components),
      ...queryOf(route, components),
      ...actAsOf(route, components),
    ],
    ...(body && {
      requestBody: {
        required: !z.safeParse(body, {}).success,
        content: contentOf(components.describe(body, 'sent')),
      },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(route.answers).map(([status, schema]) => [
          status,
          {
            description: { 201: 'Made.', 202: 'Accepted.' }[status] ?? 'Done.',
            content: contentOf(components.describe(schema, 'answered')),
          },
        ]),
      ),
      default: { $ref: '#/components/responses/Error' },
    },
  };
}

const contentOf = (schema: Json): Json => ({ 'application/json': { schema } });

/** `GET /groups/{groupId}/members` is `getGroupsMembers`, `GET /groups/{groupId}` is `getGroup`. */
function operationIdOf({ method, path }: HttpRouteDescription): string {
  const words = path.split('/').filter((part) => part !== '' && !part.startsWith('{'));
  const isOfOne = path.endsWith('}');
  const names = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${method.toLowerCase()}${names.join('')}`.replace(/s$/, isOfOne ? '' : 's');
}

const pathParametersOf = (route: HttpRouteDescription, components: Components): Json[] =>
  route.pathParameters.map((name) => ({
    ...{ name, in: 'path', required: true },
    schema: components.describe(pathSchemas[name], 'parsed'),
  }));

function queryOf({ request }: HttpRouteDescription, components: Components): Json[] {
  if (!request.query) return [];
  const { properties = {}, required = [] } = components.describe(request.query, 'parsed');
  return Object.entries(properties as Json).map(([name, schema]) => ({
    ...{ name, in: 'query', required: (required as string[]).includes(name), schema },
  }));
}

/** What only a service token may say, and where it speaks for itself alone, not even that. */
const actAsOf = ({ request }: HttpRouteDescription, components: Components): Json[] =>
  request.services === 'alone'
    ? []
    : [
        {
          ...{ name: 'Seenby-Act-As', in: 'header', required: false },
          description: 'The user whom a service token acts for.',
          schema: components.describe(idSchema, 'sent'),
        },
      ];
