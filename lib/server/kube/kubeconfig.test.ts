import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { kubeconfigLoader, loadKubeconfig } from './kubeconfig';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'planeboard-kubeconfig-'));
  file = join(folder, 'config');
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(current: string, token = 'first'): void {
  writeFileSync(
    file,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': current,
      clusters: ['prod', 'staging'].map((name) => ({
        name,
        cluster: { server: `https://${name}.example.com` },
      })),
      users: [{ name: 'admin', user: { token } }],
      contexts: ['prod', 'staging'].map((name) => ({ name, context: { cluster: name, user: 'admin' } })),
    }),
  );
}

describe('kubeconfigLoader', () => {
  test('keeps the context that was current at the start, but uses a new credential', () => {
    write('prod');
    const load = kubeconfigLoader(null, { KUBECONFIG: file });
    expect(load()).toMatchObject({ contextName: 'prod', serverUrl: 'https://prod.example.com' });
    write('staging', 'second');
    const again = load();
    expect(again).toMatchObject({ contextName: 'prod', serverUrl: 'https://prod.example.com' });
    expect(again.kubeConfig.getCurrentUser()?.token).toBe('second');
  });

  test('uses the given context', () => {
    write('prod');
    expect(kubeconfigLoader('staging', { KUBECONFIG: file })().serverUrl).toBe('https://staging.example.com');
  });
});

describe('loadKubeconfig', () => {
  test('lists the existing contexts when the given one is missing', () => {
    write('prod');
    expect(() => loadKubeconfig('test', { KUBECONFIG: file })).toThrow('Available: prod, staging.');
  });

  test("doesn't repeat the content of a file that it can't read", () => {
    writeFileSync(file, 'users: [{ token: hunter2');
    expect(() => loadKubeconfig(null, { KUBECONFIG: file })).toThrow(
      `The kubeconfig ${file} can't be read or isn't valid.`,
    );
  });
});
