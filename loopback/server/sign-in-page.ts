import { createHash } from 'node:crypto';

const style = `
:root { color-scheme: light dark; font: 14px/20px system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: light-dark(#f6f6f7, #0e0f11); color: light-dark(#1a1b1e, #ececee); }
main { max-width: 26rem; padding: 1.5rem; }
h1 { font-size: 1.25rem; line-height: 1.75rem; margin: 0 0 .5rem; }
p { margin: 0 0 .75rem; color: light-dark(#5c5f66, #a2a5ac); }
`;

/** What a browser sees that was not let in: why, and how to get in. Nothing of the workspace is in it. */
export const signInPage = {
  html: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Satchel</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>This browser is not let in yet</h1>
<p>The address has been used already or is not complete. Each one works once, so that nobody else on this computer gets at your data.</p>
<p>Press Enter in the terminal where Satchel runs for a new address, or start Satchel again.</p>
</main>
</body>
</html>
`,
  headers: {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
  },
} as const;
