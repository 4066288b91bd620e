import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TokenFileReader } from './token-file';

let folder: string;
let path: string;
let reader: TokenFileReader;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'planeboard-token-'));
  path = join(folder, 'token');
  reader = new TokenFileReader();
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the token of a file', () => {
  test('counts before the one beside it, without blanks around it', () => {
    writeFileSync(path, ' first\n');
    expect(reader.read({ path, token: 'beside' })).toBe('first');
    writeFileSync(path, 'second');
    expect(reader.read({ path, token: 'beside' })).toBe('second');
  });

  test.each([
    ['missing', () => {}],
    ['empty', () => writeFileSync(path, '')],
    ['blank', () => writeFileSync(path, ' \n')],
  ])('is the one beside it until one was read, while the file is %s', (_, write) => {
    write();
    expect(reader.read({ path, token: 'beside' })).toBe('beside');
    expect(reader.read({ path })).toBeNull();
  });

  test('is the last one that was read, while the file is being replaced', () => {
    writeFileSync(path, 'first');
    reader.read({ path, token: 'beside' });
    for (const replace of [() => writeFileSync(path, ''), () => rmSync(path)]) {
      replace();
      expect(reader.read({ path, token: 'beside' })).toBe('first');
    }
  });

  test("is never another file's", () => {
    writeFileSync(path, 'first');
    reader.read({ path });
    expect(reader.read({ path: join(folder, 'other') })).toBeNull();
  });
});
