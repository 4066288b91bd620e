import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CommandValue } from '@/lib/plane/agent-setup/command-values';
import { readStoredSetup, storeChoices, storeCommandValue } from './stored-command-values';

const KEY = 'planeboard.connect';
const CLUSTER = 'dataplane/my-plane';
let stored: Map<string, string>;

beforeEach(() => {
  stored = new Map();
  vi.stubGlobal('window', {
    localStorage: {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => stored.set(key, value),
    },
  });
});
afterEach(() => vi.unstubAllGlobals());

const storedValue = (name: CommandValue, cluster = CLUSTER) => readStoredSetup(cluster).values[name];

describe('stored command values', () => {
  test('keep the last usable value while another is typed', () => {
    storeCommandValue('chartVersion', '1.2.3', CLUSTER);
    storeCommandValue('chartVersion', '1.2.', CLUSTER);
    storeCommandValue('gatewayUrl', 'https://gateway.example.com', CLUSTER);
    expect(storedValue('chartVersion')).toBe('1.2.3');
    expect(storedValue('gatewayUrl')).toBe('');
  });

  test('keep a separate context for each plane', () => {
    storeCommandValue('planeContext', 'kind-a', CLUSTER);
    storeCommandValue('planeContext', 'kind-b', 'dataplane/other');
    expect(storedValue('planeContext')).toBe('kind-a');
    expect(storedValue('planeContext', 'dataplane/other')).toBe('kind-b');
    expect(storedValue('planeContext', 'workflowplane/my-plane')).toBe('');
  });

  test('drop the oldest context after 50', () => {
    for (let index = 0; index < 51; index += 1)
      storeCommandValue('planeContext', `c${index}`, `dataplane/p${index}`);
    expect(storedValue('planeContext', 'dataplane/p0')).toBe('');
    expect(storedValue('planeContext', 'dataplane/p1')).toBe('c1');
    expect(storedValue('planeContext', 'dataplane/p50')).toBe('c50');
  });

  test('keep the choices of each plane, and drop invalid ones', () => {
    const choices = { certificate: 'company-ca', gatewayTls: false, open: ['gatewayHostname'] } as const;
    storeChoices(choices, CLUSTER);
    storeCommandValue('planeContext', 'kind-a', CLUSTER);
    expect(readStoredSetup(CLUSTER).choices).toEqual(choices);
    expect(readStoredSetup('dataplane/other').choices.certificate).toBe('own-ca');
    const invalid = { certificate: 'none', gatewayTls: 'no', open: ['planeContext', 3] };
    stored.set(KEY, JSON.stringify({ clusters: [[CLUSTER, { choices: invalid }]] }));
    expect(readStoredSetup(CLUSTER).choices).toEqual({ certificate: 'own-ca', gatewayTls: true, open: [] });
  });

  test.each([
    'no JSON',
    'null',
    '[]',
    '{"values": {"chartVersion": 7, "gatewayUrl": "javascript:alert(1)"}, "clusters": [["dataplane/my-plane", 3], null, [7]]}',
    '{"values": [], "clusters": {"dataplane/my-plane": "x"}}',
    '{"clusters": [["dataplane/my-plane", {"values": {"planeContext": "a\\u0007b"}, "choices": 7}]]}',
  ])('are empty when the storage holds %s', (text) => {
    stored.set(KEY, text);
    expect([storedValue('chartVersion'), storedValue('gatewayUrl'), storedValue('planeContext')]).toEqual([
      '',
      '',
      '',
    ]);
  });

  test('last as long as the page when the browser forbids storage', () => {
    const { window } = globalThis;
    vi.stubGlobal('window', {
      get localStorage(): Storage {
        throw new Error('denied');
      },
    });
    storeCommandValue('chartVersion', '1.2.3', CLUSTER);
    expect(storedValue('chartVersion')).toBe('1.2.3');
    vi.stubGlobal('window', window);
    storeCommandValue('chartVersion', '1.2.4', CLUSTER);
    expect(stored.get(KEY)).toContain('1.2.4');
  });
});
