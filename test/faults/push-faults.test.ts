import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { expect, inject, it, vi } from 'vitest';
import { localAccess } from '../../local/dynamodb/local-access.ts';
import { inLanes } from '../../simulator/in-lanes.ts';
import { createStormTable } from './storm/storm-table.ts';
import { StormyChat } from './storm/stormy-chat.ts';

const given = process.env.SEED;
const count = Number(process.env.SEEDS ?? (process.env.CI ? 200 : 50));
const seeds = given ? [Number(given)] : Array.from({ length: count }, (_, i) => i + 1);
const chatsAtOnce = 32;

it(
  `[PU1] [PU4] [PU5] [PU6] [PU7] [FA1] [FA3] in ${seeds.length} storms of faults every client ends with the truth`,
  async () => {
    // The service logs each of its troubles, as it should.
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    const client = new DynamoDBClient({
      ...{ endpoint: inject('dynamoDbEndpoint'), ...localAccess },
      requestHandler: new NodeHttpHandler({ httpAgent: { keepAlive: true, maxSockets: 200 } }),
    });
    const around = {
      client: DynamoDBDocumentClient.from(client),
      tableName: await createStormTable(client),
    };
    const failures = await inLanes(seeds, chatsAtOnce, async (seed) => {
      const chat = new StormyChat(seed, around);
      try {
        await chat.time.pass(chat.run());
        return [];
      } catch (error) {
        return [`SEED=${seed}: ${error instanceof Error ? error.message : error}`, ...chat.steps];
      }
    });
    client.destroy();
    logged.mockRestore();
    expect(failures.flat().join('\n')).toBe('');
  },
  60_000 + 4000 * seeds.length,
);
