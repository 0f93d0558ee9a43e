import { compileFilter } from '@seenby/local-cloud/streams/records/filter-pattern.ts';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { environmentNames } from '../../../../functions/runtime/environment.ts';
import { render } from '../support/render.ts';
import { synthesize } from '../support/synthesize.ts';

// The page has a bucket of its own.
const demoPage = 'false';
const plain = synthesize({ demoPage });
const full = synthesize({ demoPage, archive: 'true', events: 'true', removalPolicy: 'destroy' });

function only(template: typeof plain, type: string) {
  const found = Object.values(template.findResources(type));
  expect(found).toHaveLength(1);
  return found[0] as (typeof found)[number];
}

const environmentOf = (id: string) =>
  Object.entries(full.findResources('AWS::Lambda::Function')).find(([name]) =>
    name.startsWith(id),
  )?.[1].Properties.Environment.Variables;

describe('[ST1] the nightly count', () => {
  it('runs at 00:20 UTC and by the hour, for as long as a Lambda may', () => {
    const { Properties } = only(plain, 'AWS::Events::Rule');
    expect(Properties.ScheduleExpression).toBe('cron(20 * * * ? *)');
    expect(Properties.Targets.map(({ Arn }: { Arn: unknown }) => render(Arn))).toEqual([
      '<Maintenance.Arn>',
    ]);
    plain.hasResourceProperties('AWS::Lambda::Function', { Timeout: 900 });
  });
});

describe('[RT2] the archive', () => {
  it('is a bucket only where it is asked for', () => {
    plain.resourceCountIs('AWS::S3::Bucket', 0);
    expect(render(environmentOf('Maintenance')[environmentNames.archiveBucket])).toBe(
      '<ArchiveBucket>',
    );
  });

  it('is encrypted, closed to the public, and outlives the stack', () => {
    const bucket = only(full, 'AWS::S3::Bucket');
    expect(bucket.DeletionPolicy).toBe('RetainExceptOnCreate');
    expect(bucket.Properties).toMatchObject({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
        ],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    full.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({
            Effect: 'Deny',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ],
      },
    });
  });
});

describe('[EV1] the events', () => {
  const filterOf = (template: typeof plain) => {
    const recorder = Object.entries(template.findResources('AWS::Lambda::EventSourceMapping'))
      .filter(([id]) => id.startsWith('RecorderStream'))
      .map(([, mapping]) => mapping.Properties.FilterCriteria);
    return compileFilter(recorder[0]);
  };
  const record = (pk: string, sk: string, image: object, eventName = 'INSERT') => ({
    eventName,
    dynamodb: { Keys: { pk: { S: pk }, sk: { S: sk } }, NewImage: image },
  });
  const message = { messageType: { S: 'text' }, content: { S: 'hi' } };

  it('have a bus only where they are asked for', () => {
    plain.resourceCountIs('AWS::Events::EventBus', 0);
    expect(render(environmentOf('Recorder')[environmentNames.eventBus])).toBe('<EventsBus>');
  });

  it('bring stored messages and reminders into the stream of the recorder, and nothing else', () => {
    const stored = record('G#team#S#0', '000000000001', message);
    expect(filterOf(plain)(stored)).toBe(false);
    const accepts = filterOf(full);
    expect(accepts(stored)).toBe(true);
    expect(accepts(record('G#team#S#0', '000000000001', message, 'MODIFY'))).toBe(false);
    expect(accepts(record('G#team#R#0', '000000000001', { moves: { B: 'AA==' } }))).toBe(false);
    expect(accepts(record('G#team#I#ann', '0', { seq: { N: '1' } }))).toBe(false);
    const preview = { preview: { M: message } };
    expect(accepts(record('G#team', 'GROUP', preview))).toBe(false);
    expect(accepts(record('G#team#M', 'U#ann', { role: { S: 'owner' } }))).toBe(true);
    const reminders = record('G#team', 'REMINDERS', { reminders: { L: [] } }, 'MODIFY');
    expect([filterOf(plain)(reminders), accepts(reminders)]).toEqual([false, true]);
  });
});
