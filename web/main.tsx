import { createRoot } from 'react-dom/client';
import { loadPageConfig } from './page-config.ts';

const config = await loadPageConfig();
createRoot(document.querySelector('#app') as HTMLElement).render(<p>{config.httpUrl}</p>);
