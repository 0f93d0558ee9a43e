import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTexts } from '../text/language.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Notice } from './notice.tsx';

/** What is in it may break: then it says so, and can be tried again. */
export function MayBreak({ children }: { children: ReactNode }) {
  const texts = useTexts();
  return (
    <ErrorBoundary
      fallback={(retry) => (
        <main className="alone" role="alert">
          <Notice icon={CircleAlert} title={texts.broken} hint={texts.brokenHint}>
            <button type="button" className="primary" onClick={retry}>
              {texts.retry}
            </button>
          </Notice>
        </main>
      )}
    >
      {children}
    </ErrorBoundary>
  );
}
