import { EventBus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { environmentNames } from '../functions/environment.ts';
import type { SeenbyFunction } from './seenby-function.ts';
import type { Table } from './table.ts';
import { eventActions } from './table-actions.ts';

/** Where other systems hear of what happens; their rules are theirs to add. */
export class Events extends Construct {
  readonly #bus: EventBus;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.#bus = new EventBus(this, 'Bus', { description: 'What happens in the groups of Seenby' });
  }

  get outputs(): Readonly<Record<string, string>> {
    return { EventBusName: this.#bus.eventBusName };
  }

  /** Tells the function the bus's name, and allows what it takes to publish. */
  allowPublishing(handler: SeenbyFunction, table: Table): void {
    handler.setEnvironment(environmentNames.eventBus, this.#bus.eventBusName);
    handler.allow(['events:PutEvents'], [this.#bus.eventBusArn]);
    table.allow(handler, eventActions);
  }
}
