import { shownName } from '../members/member-search.ts';
import { Avatar } from '../sidebar/avatar.tsx';
import { useTexts } from '../text/language.tsx';
import { percent, shortDuration } from './shown-values.ts';
import { figureOf } from './sort-members.ts';
import type { MemberStatistics } from './statistics.ts';

/** A row of the table. */
export function MemberFigures({ member }: { member: MemberStatistics }) {
  const { statistics, locale } = useTexts();
  const rate = figureOf(member, 'readRate');
  const delayMs = figureOf(member, 'averageReadDelayMs');
  const { userId, messages, lastReadAt } = member;
  return (
    <tr data-member={userId}>
      <th scope="row">
        <span className="table-member">
          <Avatar id={userId} name={shownName(member)} picture={member.picture} size={28} />
          <bdi>{shownName(member)}</bdi>
        </span>
      </th>
      <td>{messages.toLocaleString(locale)}</td>
      <td>
        {rate === undefined ? (
          '–'
        ) : (
          <span className="rate">
            <span className="rate-bar" aria-hidden>
              <span style={{ width: `${100 * rate}%` }} />
            </span>
            <span className="rate-text">{percent(rate, locale)}</span>
          </span>
        )}
      </td>
      <td>{delayMs === undefined ? '–' : shortDuration(delayMs, locale)}</td>
      <td>
        {lastReadAt === undefined
          ? statistics.never
          : new Date(lastReadAt).toLocaleString(locale, { dateStyle: 'short', timeStyle: 'short' })}
      </td>
    </tr>
  );
}
