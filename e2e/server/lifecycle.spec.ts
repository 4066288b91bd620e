import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { freePort } from '@/demo/process/free-port';
import { kubeconfigOf } from '@/testing/control-plane/kubeconfig';
import { PlaneboardServer } from '@/testing/server/planeboard-server';
import { SseReader } from '@/testing/server/sse-reader';

const root = join(import.meta.dirname, '..', '..');
let folder: string;
let kubeconfigPath: string;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'planeboard-lifecycle-'));
  kubeconfigPath = join(folder, 'kubeconfig');
  // Nothing listens at this address, and the server must start anyway.
  await writeFile(
    kubeconfigPath,
    kubeconfigOf(`https://127.0.0.1:${await freePort()}`, { user: { token: 'none' } }),
  );
});
test.afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Starts the server, waits until it ends, and returns its exit code and error output. */
async function startAndFail(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ['deploy/start.mjs'], {
    cwd: root,
    env: { ...process.env, KUBECONFIG: kubeconfigPath, PORT: String(await freePort()), ...env },
  });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const [code]: (number | null)[] = await once(child, 'exit');
  return { code: code ?? null, output };
}

const REFUSED = [
  ['an invalid variable', { PLANEBOARD_READONLY: 'maybe' }, 'PLANEBOARD_READONLY must be true or false.'],
  [
    'a misspelt variable',
    { PLANEBOARD_READ_ONLY: 'true' },
    "PLANEBOARD_READ_ONLY isn't a Planeboard variable.",
  ],
  ['an invalid port', { PORT: '99999' }, 'PORT must be a number from 1 to 65535.'],
  [
    'a host that other machines reach',
    { PLANEBOARD_HOST: '0.0.0.0' },
    'set PLANEBOARD_READONLY=true and PLANEBOARD_PUBLIC_READ=true.',
  ],
  ['a missing context', { PLANEBOARD_CONTEXT: 'nowhere' }, 'has no context "nowhere". Available: test.'],
  ['a missing kubeconfig', { KUBECONFIG: '/nowhere/config' }, "names a file that doesn't exist"],
] as const;

test('the server refuses to start with an invalid configuration or a busy port, and prints the reason in one sentence', async () => {
  const busy = createServer().listen(0, '127.0.0.1');
  await once(busy, 'listening');
  const address = busy.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const cases = [...REFUSED, ['a busy port', { PORT: String(port) }, `port ${port} is in use`] as const];
  for (const [cause, env, sentence] of cases) {
    await test.step(cause, async () => {
      const { code, output } = await startAndFail(env);
      expect(output).toContain("Planeboard can't start:");
      expect(output).toContain(sentence);
      expect(output).not.toContain('    at ');
      expect(code).toBe(1);
    });
  }
  busy.close();
});

test('the server starts without an API server, reports its absence, and ignores HOSTNAME', async () => {
  const server = await PlaneboardServer.start({ kubeconfigPath, env: { HOSTNAME: 'no-such-host.invalid' } });
  try {
    const ready = await fetch(`${server.url}/readyz`);
    expect(ready.status).toBe(200);
    expect(['connecting', 'unreachable']).toContain((await ready.json()).apiServer.state);
    expect((await fetch(`${server.url}/`)).status).toBe(200);
  } finally {
    await server.kill();
  }
});

test('every line of the log is JSON, also after requests that their senders cut off', async () => {
  const server = await PlaneboardServer.start({ kubeconfigPath, env: { PLANEBOARD_LOG_LEVEL: 'debug' } });
  const write = 'Host: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"a":';
  try {
    for (const text of [
      `POST /api/registrations HTTP/1.1\r\n${write}`,
      `PATCH /api/planes/dataplanes/acme/prod HTTP/1.1\r\n${write}`,
      `POST /nowhere HTTP/1.1\r\n${write}`,
      'GET /api/planes/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
      'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
    ]) {
      const socket = connect(server.port, '127.0.0.1');
      // What arrived says that the server is at work. A request without its whole body gets no answer.
      socket.write(text);
      if (text.startsWith('GET')) await once(socket, 'data');
      else await fetch(`${server.url}/readyz`);
      socket.destroy();
    }
    expect((await fetch(`${server.url}/`)).status).toBe(200);
  } finally {
    await server.kill();
  }
  const lines = server.lines.filter((line) => line !== '');
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines)
    expect(JSON.parse(line)).toMatchObject({ level: expect.any(String), msg: expect.any(String) });
});

test('SIGTERM ends the server at once, and readers of open streams receive a resume event', async () => {
  const server = await PlaneboardServer.start({ kubeconfigPath });
  const readers = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const { body } = await fetch(`${server.url}/api/planes/stream`);
      if (!body) throw new Error('The stream has no body.');
      const reader = new SseReader(body);
      await reader.nextOf('snapshot');
      return reader;
    }),
  );
  const tookMs = await server.kill('SIGTERM');
  for (const reader of readers) expect((await reader.nextOf('resume')).event).toBe('resume');
  expect(tookMs).toBeLessThan(2000);
});
