import { useNow } from '../../shell/use-now.ts';
import { useTexts } from '../../text/language.tsx';
import { duration } from '../../text/times.ts';
import type { DemoSession } from '../session/demo-session.ts';
import type { Latencies } from '../session/latencies.ts';

/** How long receipts take, anew every second. */
export function LatencyTable({ session }: { session: DemoSession }) {
  const texts = useTexts();
  useNow();
  return (
    <dl className="latencies" aria-label={texts.simulation.panes.latency}>
      <Row
        name={texts.simulation.panes.latencyReader}
        latencies={session.readerLatencies}
        figure="reader"
      />
      <Row
        name={texts.simulation.panes.latencyLoadGroup}
        latencies={session.loadGroupLatencies}
        figure="load-group"
      />
    </dl>
  );
}

function Row(props: { name: string; latencies: Latencies; figure: string }) {
  const { name, latencies, figure } = props;
  const texts = useTexts();
  const summary = latencies.summary();
  return (
    <div data-latency={figure}>
      <dt>{name}</dt>
      {summary ? (
        <dd>
          <b>
            {texts.simulation.panes.latencyRow(
              duration(summary.p50Ms),
              duration(summary.p95Ms),
              summary.count,
            )}
          </b>
          <span className="latest">
            {summary.latest.map(({ userId, seq, ms }) => (
              <span key={`${userId}.${seq}`} title={`${userId} → ${seq}`}>
                {duration(ms)}
              </span>
            ))}
          </span>
        </dd>
      ) : (
        <dd>{texts.simulation.panes.noReceiptsYet}</dd>
      )}
    </div>
  );
}
