import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { loadPageConfig } from './page-config.ts';
import { MayBreak } from './parts/may-break.tsx';
import { App } from './shell/app.tsx';
import { watchHistory } from './shell/route.ts';
import './style/base.css';
import './style/notice.css';
import './style/shell.css';
import './style/sidebar.css';
import './style/dialog.css';
import './style/conversation/conversation.css';
import './style/members.css';
import './style/recall.css';
import './style/conversation/message.css';
import './style/conversation/composer.css';
import './style/receipts.css';
import './style/settings.css';
import './style/simulator/simulator.css';
import './style/statistics.css';
import './style/voice.css';
import './style/simulator/counters.css';
import './style/simulator/live.css';
import { LanguageProvider } from './text/language.tsx';

watchHistory();
const loading = loadPageConfig();

createRoot(document.querySelector('#app') as HTMLElement).render(
  <StrictMode>
    <LanguageProvider>
      <MayBreak>
        <App loading={loading} />
      </MayBreak>
    </LanguageProvider>
  </StrictMode>,
);
