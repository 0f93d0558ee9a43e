import { faceCss } from './face.ts';

export const cardCss = `${faceCss}
.card{--face:28px;position:fixed;inset:auto;margin:0;padding:10px 12px;width:max-content;min-width:180px;
max-width:min(280px,calc(100vw - 16px));max-height:calc(100vh - 16px);overflow:auto;border:1px solid var(--_line);
border-radius:var(--_radius);background:var(--_surface);color:var(--_text);box-shadow:var(--_shadow);font:var(--_font);
text-align:start;white-space:normal;display:none;z-index:2147483647}
.card[data-shown]{display:block;animation:appear .12s ease-out}
@keyframes appear{from{opacity:0;transform:translateY(2px) scale(.98)}}
.title{margin:0;color:var(--_muted);font-size:12px}
.card ul{margin:6px 0 0;padding:0;list-style:none;display:grid;gap:6px}
.card ul:empty{display:none}
.card li{display:grid;grid-template-columns:auto 1fr auto;align-items:center;gap:10px}
.card .name{text-align:match-parent;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.card time,.more{color:var(--_muted);font-size:12px}
.more{margin:8px 0 0}
.more:empty{display:none}`;
