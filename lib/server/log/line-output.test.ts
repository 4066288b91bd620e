import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pace, setPace } from '@/lib/plane/time/pace';
import { LineOutput } from './line-output';

const MEGABYTE = 1024 * 1024;
const paceBefore = pace();
let folder: string;
let reader: number;
let stream: Socket;
let output: LineOutput;

beforeEach(() => {
  setPace(20);
  folder = mkdtempSync(join(tmpdir(), 'planeboard-line-output-'));
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
  // What process.stdout is for a pipe.
  stream = new Socket({ fd: openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK), readable: false });
  output = new LineOutput(stream);
});
afterEach(() => {
  setPace(paceBefore);
  stream.destroy();
  closeSync(reader);
  rmSync(folder, { recursive: true });
});

function read(): string {
  const buffer = Buffer.alloc(MEGABYTE);
  return buffer.toString('utf8', 0, readSync(reader, buffer));
}

test('a line is out when writeOut resolves', async () => {
  await output.writeOut('a line\n');
  expect(read()).toBe('a line\n');
});

test('writeOut fails when nothing reads the pipe, without stopping the process', async () => {
  let ticks = 0;
  const timer = setInterval(() => {
    ticks += 1;
  }, 10);
  await expect(output.writeOut('x'.repeat(MEGABYTE))).rejects.toThrow("The output isn't read.");
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(2);
});

test('what waits is bounded, and lines that were dropped are counted when the pipe is read again', async () => {
  const line = `${'x'.repeat(9999)}\n`;
  for (let count = 0; count < 1000; count += 1) output.write(line);
  expect(stream.writableLength).toBeLessThan(MEGABYTE + 20_000);
  await expect(output.writeOut('late\n')).rejects.toThrow('The output is full.');
  let text = '';
  while (stream.writableLength > 0) {
    text += read();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  output.write('again\n');
  text += read();
  const lines = text.split('\n');
  const written = lines.filter((item) => item === line.trimEnd()).length;
  expect(lines.slice(written, written + 2)).toEqual([
    expect.stringContaining(`"lines":${1000 - written},"msg":"log lines were dropped`),
    'again',
  ]);
});

test('a reader that is gone makes writeOut fail and nothing else', async () => {
  closeSync(reader);
  const failed = once(stream, 'error');
  output.write('lost\n');
  await failed;
  await expect(output.writeOut('a line\n')).rejects.toThrow();
  reader = openSync(join(folder, 'pipe'), constants.O_RDONLY | constants.O_NONBLOCK);
});
