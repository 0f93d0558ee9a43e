import { addUnits, noUnits, totalOf, type Units } from '../tables/units.ts';

export type ReturnConsumedCapacity = 'INDEXES' | 'TOTAL' | 'NONE';

interface Asked {
  ReturnConsumedCapacity?: ReturnConsumedCapacity | undefined;
}

/** What an answer says about the units that one table took, if the request asks for it. */
export function consumed(request: Asked, TableName: string, units: Units) {
  const { ReturnConsumedCapacity: asked = 'NONE' } = request;
  if (asked === 'NONE') return undefined;
  return {
    ...{ TableName, CapacityUnits: totalOf(units) },
    ...(asked === 'INDEXES' && partsOf(units)),
  };
}

function partsOf({ table, indexes }: Units) {
  const entries = Object.entries(indexes).map(([name, units]) => [name, { CapacityUnits: units }]);
  return {
    Table: { CapacityUnits: table },
    ...(entries.length > 0 && { GlobalSecondaryIndexes: Object.fromEntries(entries) }),
  };
}

/** The units of an operation on several tables. */
export class UnitsByTable {
  readonly #units = new Map<string, Units>();

  add(tableName: string, units: Units, times = 1): void {
    const sum = this.#units.get(tableName) ?? noUnits();
    addUnits(sum, units, times);
    this.#units.set(tableName, sum);
  }

  /** `kind` names the member in which a transaction says what it took. */
  consumed(request: Asked, kind?: 'ReadCapacityUnits' | 'WriteCapacityUnits') {
    const answers = [...this.#units].flatMap(([name, units]) => {
      const answer = consumed(request, name, units);
      return answer ? [{ ...answer, ...(kind && { [kind]: answer.CapacityUnits }) }] : [];
    });
    return answers.length > 0 ? { ConsumedCapacity: answers } : {};
  }
}
