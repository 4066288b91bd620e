import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
/** The client of Planeboard's account, taken from the runtime in either way. */
const ACCOUNT_CLIENT = /getRuntime\(\)\s*\.client\b|\{[^{}]*\bclient\b[^{}]*\}\s*=\s*getRuntime\(\)/;

test("only the service caller takes the client of Planeboard's account", () => {
  const files = globSync('{app,lib}/**/*.{ts,tsx}', { cwd: root }).filter(
    (file) => !/\.test\.tsx?$/.test(file),
  );
  const users = files.filter((file) => ACCOUNT_CLIENT.test(readFileSync(join(root, file), 'utf8')));
  expect(users).toEqual([join('lib', 'server', 'rights', 'service-caller.ts')]);
});

test("only the caller's resolution uses the service caller", () => {
  const files = globSync('{app,lib}/**/*.{ts,tsx}', { cwd: root }).filter(
    (file) => !/\.test\.tsx?$/.test(file),
  );
  const users = files.filter((file) => /\bserviceCaller\b/.test(readFileSync(join(root, file), 'utf8')));
  expect(users.toSorted()).toEqual([
    join('lib', 'server', 'rights', 'resolve-caller.ts'),
    join('lib', 'server', 'rights', 'service-caller.ts'),
  ]);
});
