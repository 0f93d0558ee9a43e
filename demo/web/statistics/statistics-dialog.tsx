import { type Group, type GroupHandle, SeenbyError } from '@seenby/client';
import { EyeOff } from 'lucide-react';
import { useState } from 'react';
import { isAdmin } from '../members/permissions.ts';
import { Choice } from '../settings/choice.tsx';
import { Dialog } from '../shell/dialog.tsx';
import { Problem } from '../shell/problem.tsx';
import { useTexts } from '../text/language.tsx';
import { DayChart } from './day-chart.tsx';
import { Figures } from './figures.tsx';
import { MemberTable } from './member-table.tsx';
import { type SpanDays, spans } from './statistics.ts';
import { useStatistics } from './use-statistics.ts';

export interface StatisticsDialogProps {
  group: GroupHandle;
  /** Undefined until the service has told. */
  settings: Group | undefined;
  onClose(): void;
}

/** How a group reads: in total, by day, and, for those who lead it, by member. */
export default function StatisticsDialog({ group, settings, onClose }: StatisticsDialogProps) {
  const { statistics } = useTexts();
  return (
    <Dialog title={statistics.title} size="wide" onClose={onClose}>
      {settings?.tracking === 'positions' ? (
        <Hidden by="positions" />
      ) : (
        <Statistics group={group} settings={settings} />
      )}
    </Dialog>
  );
}

function Statistics({ group, settings }: Omit<StatisticsDialogProps, 'onClose'>) {
  const texts = useTexts();
  const { statistics } = texts;
  const [days, setDays] = useState<SpanDays>(7);
  const { value, cause, isLoading, retry } = useStatistics(group, days);
  if (cause instanceof SeenbyError && cause.code === 'FORBIDDEN') {
    return <Hidden by={settings?.tracking === 'positions' ? 'positions' : settings?.visibility} />;
  }
  return (
    <>
      <Choice
        isRow
        legend={statistics.span}
        value={String(days)}
        options={spans.map((each) => ({ value: String(each), label: statistics.days(each) }))}
        onChoose={(chosen) => setDays(spans.find((each) => String(each) === chosen) ?? 7)}
      />
      {cause !== undefined && (
        <div className="failed">
          <Problem cause={cause} doing="statistics" />
          <button type="button" onClick={retry}>
            {texts.retry}
          </button>
        </div>
      )}
      {!value && isLoading && <p className="dialog-hint">{statistics.loading}</p>}
      {value && (
        <div className="statistics" aria-busy={isLoading}>
          <Figures figures={value} />
          <DayChart days={value.perDay} />
        </div>
      )}
      {value && isAdmin(settings?.role) && <MemberTable group={group} stats={value} />}
      {value && !isAdmin(settings?.role) && <p className="dialog-hint">{statistics.onlyLeaders}</p>}
    </>
  );
}

/** Why somebody sees none. */
function Hidden({ by = 'members' }: { by: Group['visibility'] | 'positions' | undefined }) {
  const { statistics } = useTexts();
  return (
    <div className="hidden-statistics">
      <EyeOff aria-hidden size={28} strokeWidth={1.6} />
      <strong>{statistics.hiddenTitle}</strong>
      <p>{statistics.hiddenBy[by]}</p>
    </div>
  );
}
