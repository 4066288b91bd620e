import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeOut } from './write-out';

let folder: string;
let pipe: string;
let reader: number;
let writer: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'planeboard-write-out-'));
  pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
  writer = openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
});
afterEach(() => {
  closeSync(reader);
  closeSync(writer);
  rmSync(folder, { recursive: true });
});

test('everything is out when it returns', () => {
  writeOut('a line\n', writer);
  const buffer = Buffer.alloc(100);
  expect(buffer.toString('utf8', 0, readSync(reader, buffer))).toBe('a line\n');
});

test('a pipe that nobody reads ends as an error, not as a lost line', () => {
  expect(() => writeOut('x'.repeat(1024 * 1024), writer)).toThrow('EAGAIN');
});
