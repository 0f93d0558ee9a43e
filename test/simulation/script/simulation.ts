import { createService, type Service } from '../../../functions/service/service.ts';
import { Table } from '../../../functions/store/dynamodb/table.ts';
import type { TableDefinition } from '../../support/in-process/table-definition.ts';
import { directDocumentClient } from '../../support/service/direct-document-client.ts';
import { Device } from '../people/device.ts';
import type { GroupView, OwnState } from '../people/group-view.ts';
import { type Acknowledged, Acknowledgements } from '../properties/acknowledged.ts';
import { Findings } from '../properties/findings.ts';
import { FrameWatch } from '../properties/frame-watch.ts';
import { RowWatch } from '../properties/row-watch.ts';
import { SimulatedService } from '../world/simulated-service.ts';
import type { Item } from '../world/simulated-table.ts';
import { SimulatedTime } from '../world/simulated-time.ts';
import type { Script } from './script.ts';

/** The service, its people, and what is known of them. */
export class Simulation {
  readonly script: Script;
  readonly time: SimulatedTime;
  readonly service: SimulatedService;
  readonly findings = new Findings();
  readonly acknowledged = new Acknowledgements();
  readonly rows: RowWatch;
  readonly frames: FrameWatch;
  readonly devices: ReadonlyMap<string, Device>;
  /** A point that the table may be restored to. */
  point: { at: number; items: readonly Item[] } | undefined;
  steps = 0;
  readonly #putBack = new Set<string>();
  readonly #underWay = new Set<Promise<unknown>>();
  #number = 0;

  constructor(script: Script, definition: TableDefinition) {
    this.script = script;
    this.time = new SimulatedTime(script.seed);
    this.service = new SimulatedService(this.time, definition, script);
    this.rows = new RowWatch(this.findings, this.time);
    this.frames = new FrameWatch(this.findings, this.rows, this.time, script.maxSkewMs === 0);
    this.service.onRecord = (record) => this.rows.see(record);
    this.service.gateway.onPost = (posted) => this.frames.see(posted);
    this.devices = new Map(script.devices.map((name, i) => [name, this.#makeDevice(name, i)]));
  }

  get underWay(): number {
    return this.#underWay.size;
  }

  nextNumber(): number {
    return ++this.#number;
  }

  acknowledge(acknowledged: Acknowledged): void {
    this.acknowledged.note(acknowledged, this.time.clock());
  }

  /** Their position may go back from now on, for their own eyes. */
  notePutBack(userId: string, groupId: string): void {
    this.#putBack.add(`${userId} ${groupId}`);
  }

  /** The table as it is, without waiting for it, and without faults. */
  look(): Service {
    const { database, definition } = this.service.table;
    const { clock, random, wait } = this.time;
    let ids = 0;
    return createService({
      table: new Table(directDocumentClient(database), definition.tableName, { random, wait }),
      ...{ clock, random, wait, retentionDays: this.script.retentionDays },
      newId: () => `looked-${++ids}`,
    });
  }

  /** Somebody who shows the group as its owner or an admin. */
  administratorOf(groupId: string): Device | undefined {
    const all = [...this.devices.values()];
    const has = (role: string) =>
      all.find((device) => device.groups.get(groupId)?.status.role === role);
    return has('owner') ?? has('admin');
  }

  /** What goes on beside the next steps. */
  begin(work: Promise<unknown>): void {
    const done: Promise<unknown> = work.finally(() => this.#underWay.delete(done));
    this.#underWay.add(done);
  }

  #makeDevice(name: string, i: number): Device {
    const habit = i % 2 === 0 ? 'syncs' : 'greets';
    const device = new Device(name, this.service, { habit, acknowledges: i % 3 === 0 });
    device.onOwn = (own, view) => this.#checkOwn(device, own, view);
    return device;
  }

  /** [RD10] What is shown of one's own reading only grows. */
  #checkOwn(device: Device, own: OwnState, view: GroupView): void {
    if (device.isBehindRestore) return;
    const { status } = view;
    const { groupId } = own;
    if (own.stateVersion < status.stateVersion || view.isOfOlderGroup(own)) return;
    if (this.#putBack.has(`${device.userId} ${groupId}`)) return;
    this.findings.check(
      'RD10 a position shown never goes back',
      own.readSeq >= status.readSeq,
      () => {
        return `${device.name} ${groupId}: from ${JSON.stringify(status)} to ${JSON.stringify(own)}`;
      },
    );
  }
}
