export const badgeCss = `
:host{display:inline-flex;gap:4px;align-items:center;vertical-align:middle;font:600 11px/18px system-ui,sans-serif}
:host(:not([data-unread],[data-mentions])){display:none}
[part]{display:none;min-width:18px;height:18px;border-radius:9px;text-align:center;color:var(--_on-badge)}
[part=count]{padding:0 5px;background:var(--_badge)}
[part=mention]{width:18px;background:var(--_mention)}
:host([data-unread]) [part=count],:host([data-mentions]) [part=mention]{display:block}`;
