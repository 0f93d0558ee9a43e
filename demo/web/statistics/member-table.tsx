import type { GroupHandle, GroupStats } from '@seenby/client';
import { Download } from 'lucide-react';
import { useMemo, useState } from 'react';
import { saveFile } from '../parts/save-file.ts';
import { Problem } from '../shell/problem.tsx';
import { useTexts } from '../text/language.tsx';
import { ColumnHeads } from './column-heads.tsx';
import { memberCsv } from './member-csv.ts';
import { MemberFigures } from './member-figures.tsx';
import { Paging } from './paging.tsx';
import { nextOrder, type Order, sortMembers } from './sort-members.ts';
import { useMemberStatistics } from './use-statistics.ts';

const rowsPerPage = 20;

/** How each member reads what others write: sorted by any column, a page at a time. */
export function MemberTable({ group, stats }: { group: GroupHandle; stats: GroupStats }) {
  const texts = useTexts();
  const { statistics, locale } = texts;
  const { value = [], cause, isLoading, retry } = useMemberStatistics(stats);
  const [order, setOrder] = useState<Order>({ column: 'readRate', isDescending: true });
  const [first, setFirst] = useState(0);
  const sorted = useMemo(() => sortMembers(value, order, locale), [value, order, locale]);
  const shown = sorted.slice(first, first + rowsPerPage);
  return (
    <section className="member-statistics" aria-labelledby="per-member" aria-busy={isLoading}>
      <header>
        <h3 id="per-member">{statistics.perMember}</h3>
        {isLoading && <small role="status">{statistics.soFar(value.length)}</small>}
        <button
          type="button"
          disabled={isLoading || value.length === 0}
          onClick={() => saveFile(`${group.groupId}-members.csv`, 'text/csv', memberCsv(sorted))}
        >
          <Download aria-hidden size={16} />
          {statistics.download}
        </button>
      </header>
      {cause !== undefined && (
        <div className="failed">
          <Problem cause={cause} doing="memberStatistics" />
          <button type="button" onClick={retry}>
            {texts.retry}
          </button>
        </div>
      )}
      {value.length > 0 && (
        <div className="table-frame">
          <table>
            <ColumnHeads
              order={order}
              onChoose={(column) => {
                setOrder(nextOrder(order, column));
                setFirst(0);
              }}
            />
            <tbody>
              {shown.map((member) => (
                <MemberFigures key={member.userId} member={member} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Paging {...{ first, rowsPerPage }} total={sorted.length} onGo={setFirst} />
    </section>
  );
}
