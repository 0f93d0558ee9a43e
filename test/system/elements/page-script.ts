/** What the pages of these tests have in their window, as `seenby`. */
export * from '../../../packages/client/src/elements/elements.ts';
export { SeenbyClient } from '../../../packages/client/src/index.ts';
export { FakeClient } from './fakes/fake-client.ts';
export { FakeGroup } from './fakes/fake-group.ts';
