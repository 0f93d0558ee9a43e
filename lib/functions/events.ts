import { EventBus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { environmentNames } from '../../functions/runtime/environment.ts';
import type { Table } from '../data/table.ts';
import { eventGrants } from '../data/table-grants.ts';
import type { SeenbyFunction } from './seenby-function.ts';

/** The bus on which other systems find what happens; they add their own rules. */
export class Events extends Construct {
  readonly bus: EventBus;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bus = new EventBus(this, 'Bus', { description: 'What happens in the groups of Seenby' });
  }

  get outputs(): Readonly<Record<string, string>> {
    return { EventBusName: this.bus.eventBusName };
  }

  /** Sets the bus's name in the function, and allows what it takes to publish. */
  allowPublishing(handler: SeenbyFunction, table: Table): void {
    handler.setEnvironment(environmentNames.eventBus, this.bus.eventBusName);
    handler.allow(['events:PutEvents'], [this.bus.eventBusArn]);
    table.allow(handler, eventGrants);
  }
}
