import { version } from 'react';
import { renderToString } from 'react-dom/server';
import { App } from './app.tsx';
import { newClient } from './client.ts';

console.log(JSON.stringify({ version, html: renderToString(<App client={newClient()} />) }));
