import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const MODULE = pathToFileURL(join(process.cwd(), 'deploy', 'json-console.mjs')).href;

interface Line {
  readonly level: string;
  readonly time: string;
  readonly msg: string;
  readonly err?: { readonly type: string; readonly message: string; readonly stack: string };
}

/** Runs a program whose console is replaced, and returns its output's lines. */
function linesOf(program: string, env: Readonly<Record<string, string>> = {}): Line[] {
  const output = execFileSync(process.execPath, ['--import', MODULE, '-e', program], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { NODE_ENV: 'production', PATH: process.env.PATH ?? '', ...env },
  });
  return output.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Line]));
}

test('an error with a stack is one JSON line', () => {
  const [line, ...others] = linesOf(`console.error('⨯', new TypeError('first\\nsecond'))`);
  expect(others).toEqual([]);
  expect(line).toMatchObject({ level: 'error', msg: 'first\nsecond', err: { type: 'TypeError' } });
  expect(line?.err?.stack.split('\n').length).toBeGreaterThan(3);
  expect(line?.time).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
});

test('text has no colors and no empty lines', () => {
  const lines = linesOf(
    `console.log('\\u001b[1m▲ Next.js\\u001b[22m'); console.log(''); console.warn({ a: [1, { b: 2 }] })`,
  );
  expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
    ['info', '▲ Next.js'],
    ['warn', '{ a: [ 1, { b: 2 } ] }'],
  ]);
});

test("a wall link's token is left out", () => {
  const program = `
    console.error('Failed to handle request for /wall/enter?role=data&token=magpie&title=x');
    console.error(new Error('/wall/enter?token=magpie failed'))`;
  const lines = linesOf(program);
  expect(lines).toHaveLength(2);
  expect(lines[0]?.msg).toBe('Failed to handle request for /wall/enter?role=data&token=...&title=x');
  expect(JSON.stringify(lines)).not.toContain('magpie');
});

test('a closed connection is logged only at the level debug', () => {
  const program = `
    console.error(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
    console.error(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }))`;
  expect(linesOf(program).map(({ msg }) => msg)).toEqual(['read ECONNRESET']);
  expect(linesOf(program, { PLANEBOARD_LOG_LEVEL: 'debug' }).map(({ level, msg }) => [level, msg])).toEqual([
    ['debug', 'a client closed its connection'],
    ['error', 'read ECONNRESET'],
  ]);
});

test("Node's warnings are lines too, and lines below the log level aren't written", () => {
  const program = `process.emitWarning('old\\nway', 'DeprecationWarning'); console.log('hello')`;
  const warning = { level: 'warn', msg: 'old\nway', err: { type: 'DeprecationWarning' } };
  const lines = linesOf(program, { PLANEBOARD_LOG_LEVEL: 'warn' });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject(warning);
  expect(linesOf(program, { PLANEBOARD_LOG_LEVEL: 'silent' })).toEqual([]);
});
