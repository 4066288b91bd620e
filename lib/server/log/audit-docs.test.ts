import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

test('the docs have each event with an example', () => {
  const docs = read('docs/audit.md');
  const code = `${read('lib/server/log/audit.ts')}${read('lib/server/log/audited-event.ts')}`;
  const declared = [...code.matchAll(/readonly event: ([^;\n}]+)/g)].flatMap(([, types = '']) =>
    [...types.matchAll(/'([a-z-]+)'/g)].map(([, name]) => name),
  );
  const examples = [...docs.matchAll(/^\{.*\}$/gm)].map(([line]) => JSON.parse(line) as { event?: string });
  expect(declared).toContain('secret-seen');
  for (const name of declared) {
    expect(docs).toContain(`| \`${name}\` |`);
    expect(examples.map(({ event }) => event)).toContain(name);
  }
});
