import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findRefused, parsePhrases, refusedPhrases } from './refused-phrases';
import { textsOfMarkdown, textsOfSource, type UiText } from './ui-texts';

const root = join(import.meta.dirname, '..', '..');
const SOURCE_FOLDERS = ['app', 'components', 'lib', 'demo', 'deploy'];

function filesBelow(folder: string, pattern: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name));
}

function textsOf(path: string): UiText[] {
  const source = readFileSync(join(root, path), 'utf8');
  return path.endsWith('.md') ? textsOfMarkdown(source) : textsOfSource(path, source);
}

const FILES = [
  ...SOURCE_FOLDERS.flatMap((folder) => filesBelow(folder, /(?<!\.test)\.(?:tsx?|mjs)$/)),
  'README.md',
  join('demo', 'README.md'),
  ...filesBelow('docs', /\.md$/),
];

test('no text for users contains a refused phrase', () => {
  const phrases = refusedPhrases();
  const found = FILES.flatMap((path) =>
    findRefused(textsOf(path), phrases).map(
      ({ line, phrase, replacement }) => `${path}:${line} "${phrase}", say "${replacement}"`,
    ),
  );
  expect(found).toEqual([]);
});

describe('the list of refused phrases', () => {
  test('has no phrase twice', () => {
    const phrases = refusedPhrases().map(({ phrase }) => phrase);
    expect(phrases.filter((phrase, index) => phrases.indexOf(phrase) !== index)).toEqual([]);
  });

  test('proposes no refused phrase as a replacement', () => {
    const phrases = refusedPhrases();
    const texts = phrases.map(({ replacement }) => ({ text: replacement, line: 1 }));
    expect(findRefused(texts, phrases)).toEqual([]);
  });

  test('rejects a line without a replacement', () => {
    expect(() => parsePhrases('stands in =>')).toThrow('Incomplete line "stands in =>".');
  });
});

describe('a refused phrase', () => {
  const phrases = parsePhrases("look(s) after => manages\nisn't there => is missing");
  const found = (path: string, source: string) =>
    findRefused(textsOfSource(path, source), phrases).map(({ line, phrase }) => `${line} ${phrase}`);

  test.each([
    ['a string', `const text = 'Flux looks after it';`],
    ['a capitalized string', `const text = 'Look after it';`],
    ['a template', `const text = \`\${name} looks after it\`;`],
    ['a string inside a template', `const text = \`\${isKept ? 'Flux looks after it' : ''}\`;`],
    [
      'a string inside a concatenated template',
      `const text = 'It ' + \`\${isKept ? 'looks after it' : ''}\`;`,
    ],
    ['concatenated strings', `const text = 'Flux looks ' +\n  'after it';`],
    ['JSX text', 'const text = <p>Flux looks after it</p>;'],
    ['wrapped JSX text', "const text = (<p>Flux looks{' '}\n  after it</p>);"],
    ['a JSX attribute', 'const text = <p title="Flux looks after it" />;'],
    ['an argument', `throw new Error('Flux looks after it');`],
  ])('is found in %s', (_place, source) => {
    expect(found('fixture.tsx', source)).toEqual(['1 look(s) after']);
  });

  test.each([
    ['a comment', '// Flux looks after it\n/** looks after */'],
    ['a type', `type Manager = 'looks after';`],
    ['a property name', `const labels = { 'looks after': 1 };`],
    ['a module name', `import 'looks after';`],
    ['a longer word', `const text = 'Outlook afternoon';`],
  ])('is ignored in %s', (_place, source) => {
    expect(found('fixture.ts', source)).toEqual([]);
  });

  test('is found with its line and with either apostrophe', () => {
    expect(found('fixture.ts', `const a = 'fine';\nconst b = \`It\n  isn’t there\`;`)).toEqual([
      "3 isn't there",
    ]);
  });

  test('is found in Markdown outside code', () => {
    const markdown = '# Title\n\n`looks after`\n\n```\nlooks after\n```\n\nFlux looks\nafter it.\n';
    expect(findRefused(textsOfMarkdown(markdown), phrases)).toMatchObject([{ line: 9 }]);
  });
});
