import 'server-only';

/**
 * Returns the page that asks before a screen uses a wall link. It needs no script, and works on old screens.
 *
 * @param token a valid text of a token
 * @param choices the wall's settings as a query: `title=Lobby&theme=dark`
 * @param nonce of the answer's content security policy; null: none, and then the page has no style
 */
export function enterPage(token: string, choices: string, nonce: string | null): string {
  const action = choices === '' ? '/wall/enter' : `/wall/enter?${choices}`;
  const attribute = nonce === null ? '' : ` nonce="${escaped(nonce)}"`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Show wall · Planeboard</title>
<style${attribute}>${STYLE}</style>
<script${attribute}>history.replaceState(null, '', '/wall/enter')</script>
</head>
<body>
<main>
<h1>Show this wall on this screen?</h1>
<p>If this screen already uses a wall link, this one replaces it.</p>
<form method="post" action="${escaped(action)}">
<input type="hidden" name="token" value="${escaped(token)}">
<button>Show wall</button>
</form>
</main>
</body>
</html>
`;
}

/** Without the app's style sheet, whose name only Next.js knows. */
const STYLE = `
:root { color-scheme: light dark; }
body {
  margin: 0;
  min-height: 100vh;
  display: grid;
  place-items: center;
  background: light-dark(#f9fafb, #0f1115);
  color: light-dark(#181b22, #eaecef);
  font: 1rem/1.5 ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
}
main { max-width: 30rem; padding: 2rem; }
h1 { margin: 0 0 0.5rem; font-size: 1.375rem; line-height: 1.3; }
p { margin: 0 0 1.5rem; color: light-dark(#555a64, #a5a9b1); }
button {
  padding: 0.625rem 1rem;
  border: 0;
  border-radius: 0.375rem;
  background: light-dark(#3b4bb8, #a3b1f7);
  color: light-dark(#fff, #0f1115);
  font: inherit;
  font-weight: 600;
  cursor: pointer;
}
button:focus-visible { outline: 2px solid currentColor; outline-offset: 3px; }
`;

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
