import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { loadPageConfig } from './page-config.ts';
import { App } from './shell/app.tsx';
import './style/base.css';
import './style/shell.css';
import './style/dialog.css';
import './style/conversation.css';
import './style/members.css';
import './style/recall.css';
import './style/receipts.css';
import './style/simulator.css';
import { LanguageProvider } from './text/language.tsx';

createRoot(document.querySelector('#app') as HTMLElement).render(
  <StrictMode>
    <LanguageProvider>
      <App loading={loadPageConfig()} />
    </LanguageProvider>
  </StrictMode>,
);
