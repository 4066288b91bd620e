import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';

const COMMAND = join(process.cwd(), 'deploy', 'ca-role.mjs');
let server: Server | undefined;

afterEach(() => {
  server?.close();
  server = undefined;
});

/** Runs the command against a server that answers every request so. */
async function run(
  status: number,
  answer: object,
): Promise<{ code: number; stdout: string; stderr: string; asked: string }> {
  let asked = '';
  server = createServer(({ url, headers }, response) => {
    asked = `${url} ${headers.authorization}`;
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const env = {
    ...process.env,
    PLANEBOARD_URL: `http://127.0.0.1:${port}`,
    PLANEBOARD_TOKEN: 'canary-token',
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [COMMAND], { env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr, asked }),
    );
  });
}

test('prints the Roles and nothing else', async () => {
  expect(await run(200, { planes: 2, manifest: 'kind: Role\n' })).toEqual({
    code: 0,
    stdout: 'kind: Role\n',
    stderr: '',
    asked: '/api/ca-access Bearer canary-token',
  });
});

test.each([
  [401, {}, 'set PLANEBOARD_TOKEN'],
  [403, { detail: 'Ask an administrator.' }, 'Ask an administrator.'],
  [200, { planes: 0, manifest: '' }, 'no visible plane has its CA in a Secret'],
  [200, { planes: 1, manifest: '' }, 'Try again'],
])('fails with a sentence after %i %j', async (status, answer, sentence) => {
  const { code, stdout, stderr } = await run(status, answer);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain(sentence);
  expect(stderr).not.toContain('canary-token');
});
