import { readFileSync } from 'node:fs';
import specs from '@asyncapi/specs';
import { clientFrameSchemas, socketRoutes } from '@seenby/protocol/client-frames.ts';
import { httpRoutes } from '@seenby/protocol/http-requests.ts';
import { serverFrameSchemas } from '@seenby/protocol/server-frames.ts';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { protocolDocuments } from '../../../scripts/describe-protocol.ts';

const written = (file: string): string =>
  readFileSync(new URL(`../../../docs/${file}`, import.meta.url), 'utf8');

const openApi = JSON.parse(written('openapi.json'));
const asyncApi = JSON.parse(written('asyncapi.json'));

describe('the documents of the protocol', () => {
  it.each(Object.entries(protocolDocuments()))(
    '%s is current; `node scripts/describe-protocol.ts` renews it',
    (file, text) => {
      expect(written(file)).toBe(text);
    },
  );

  it('has an OpenAPI document that is valid, with every route', async () => {
    const validator = new Validator();
    expect(await validator.validate(openApi)).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
    const described = Object.entries<object>(openApi.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual([...httpRoutes].sort());
  });

  it('has an AsyncAPI document that is valid, with every frame', () => {
    const schema: object = specs.schemasWithoutId['3.0.0'];
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
    validate(asyncApi);
    expect(validate.errors).toBeNull();
    expect(Object.keys(asyncApi.components.messages).sort()).toEqual(
      [...socketRoutes, ...Object.keys(serverFrameSchemas)].sort(),
    );
  });

  it.each([
    ['openapi.json', openApi],
    ['asyncapi.json', asyncApi],
  ])('refers in %s only to what is there', (_file, document) => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#([^"]+)"/g)];
    expect(refs.length).toBeGreaterThan(20);
    for (const [, path = ''] of refs) {
      const keys = path.split('/').slice(1);
      const found = keys.reduce((value, key) => value?.[key], document);
      expect(found, path).toBeDefined();
    }
  });

  it('says the same of a frame as its schema does', () => {
    const ajv = new Ajv2020({ strict: false });
    ajv.addSchema({ $id: 'doc', components: asyncApi.components });
    const accepts = (type: string, frame: object) =>
      ajv.validate({ $ref: `doc#/components/messages/${type}/payload` }, frame);
    const frame = { type: 'mark_read', groupId: 'team', upTo: 9 };
    expect(accepts('mark_read', frame)).toBe(true);
    expect(clientFrameSchemas.mark_read.safeParse(frame).success).toBe(true);
    expect(accepts('mark_read', { ...frame, upTo: 0 })).toBe(false);
    expect(accepts('mark_read', { ...frame, more: 1 })).toBe(false);
    // What the service sends may hold more: a client ignores what it does not know.
    expect(accepts('pong', { type: 'pong', timestamp: 1, more: 1 })).toBe(true);
    expect(accepts('pong', { type: 'pong', timestamp: 'now' })).toBe(false);
  });
});
