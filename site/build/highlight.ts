import highlighter from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import http from 'highlight.js/lib/languages/http';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import { escapeHtml } from './escape.ts';

for (const [name, language] of Object.entries({ bash, http, javascript, json, typescript, xml })) {
  highlighter.registerLanguage(name, language);
}

/** Code as HTML, coloured where its language is known. */
export function highlight(code: string, language: string): string {
  if (language === 'console') return highlightConsole(code);
  if (!highlighter.getLanguage(language)) return escapeHtml(code);
  return highlighter.highlight(code, { language }).value;
}

const marks: Record<string, string> = { '$ ': 'prompt', '> ': 'sent', '< ': 'received' };

/** A terminal: what is typed, sent and received, each with its mark. */
function highlightConsole(code: string): string {
  return code
    .split('\n')
    .map((line) => {
      const mark = marks[line.slice(0, 2)];
      if (mark === undefined) return `<span class="output">${escapeHtml(line)}</span>`;
      const rest = highlight(line.slice(2), mark === 'prompt' ? 'bash' : 'json');
      return `<span class="${mark}">${escapeHtml(line.slice(0, 2))}</span>${rest}`;
    })
    .join('\n');
}
