import type { Person } from './people';

const STYLE = `
  body { font: 15px/1.5 system-ui, sans-serif; margin: 0; min-height: 100vh; display: grid; place-items: center;
    background: light-dark(#f4f4f5, #18181b); color: light-dark(#18181b, #f4f4f5); color-scheme: light dark }
  main { width: min(22rem, 90vw) }
  button { display: block; width: 100%; margin: .5rem 0; padding: .6rem .8rem; text-align: left; font: inherit;
    color: inherit; background: light-dark(#fff, #27272a); border: 1px solid light-dark(#d4d4d8, #3f3f46);
    border-radius: .5rem; cursor: pointer }
  small { display: block; opacity: .7 }`;

/** Returns the page on which a person is chosen. The demo's provider has no passwords. */
export function signInPage(people: readonly Person[]): string {
  const buttons = people
    .map(
      ({ id, name, groups }) =>
        `<button name="person" value="${id}">${name}<small>${groups.join(', ') || 'no groups'}</small></button>`,
    )
    .join('');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Sign in · demo identity provider</title><style>${STYLE}</style>
<main><h1>Who are you?</h1><p>This is the demo's identity provider. It has no passwords.</p>
<form method="post">${buttons}</form><form method="post"><button name="cancel" value="yes">Cancel</button></form></main>`;
}
