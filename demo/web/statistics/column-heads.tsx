import { ArrowDown, ArrowUp } from 'lucide-react';
import { useTexts } from '../text/language.tsx';
import { type Column, columns, type Order } from './sort-members.ts';

export interface ColumnHeadsProps {
  order: Order;
  onChoose(column: Column): void;
}

/** The heads of the columns; each sorts by its column, and a second time the other way round. */
export function ColumnHeads({ order, onChoose }: ColumnHeadsProps) {
  const { statistics } = useTexts();
  const Arrow = order.isDescending ? ArrowDown : ArrowUp;
  const sortOf = (column: Column) => {
    if (column !== order.column) return 'none';
    return order.isDescending ? 'descending' : 'ascending';
  };
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column} scope="col" aria-sort={sortOf(column)}>
            <button type="button" onClick={() => onChoose(column)}>
              {statistics.columns[column]}
              {column === order.column && <Arrow aria-hidden size={14} />}
            </button>
          </th>
        ))}
      </tr>
    </thead>
  );
}
