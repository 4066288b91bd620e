import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CommandValue } from '@/lib/plane/agent-setup/command-values';
import { readStoredCommandValues, storeCommandValue } from './stored-command-values';

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

const storedValue = (name: CommandValue, cluster = CLUSTER) => readStoredCommandValues(cluster)[name];

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

  test.each([
    'no JSON',
    'null',
    '[]',
    '{"chartVersion": 7, "gatewayUrl": "javascript:alert(1)", "planeContexts": [["dataplane/my-plane", 3], null]}',
    '{"planeContexts": {"dataplane/my-plane": "x"}}',
  ])('are empty when the storage holds %s', (text) => {
    stored.set(KEY, text);
    expect([storedValue('chartVersion'), storedValue('gatewayUrl'), storedValue('planeContext')]).toEqual([
      '',
      '',
      '',
    ]);
  });

  test('are empty when the browser forbids storage', () => {
    vi.stubGlobal('window', {
      get localStorage(): Storage {
        throw new Error('denied');
      },
    });
    storeCommandValue('chartVersion', '1.2.3', CLUSTER);
    expect(storedValue('chartVersion')).toBe('');
  });
});
