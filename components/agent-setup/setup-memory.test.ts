import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readSetupMemory, rememberedValue, rememberValue } from './setup-memory';

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

const remembered = (name: Parameters<typeof rememberedValue>[1], cluster = CLUSTER) =>
  rememberedValue(readSetupMemory(), name, cluster);

describe('the memory of the commands', () => {
  test('keeps what can be used, and the last of it while something else is typed', () => {
    rememberValue('chartVersion', '1.2.3', CLUSTER);
    rememberValue('chartVersion', '1.2.', CLUSTER);
    rememberValue('gatewayUrl', 'https://gateway.example.com', CLUSTER);
    expect(remembered('chartVersion')).toBe('1.2.3');
    expect(remembered('gatewayUrl')).toBe('');
  });

  test('keeps a context for each plane, as two planes have two clusters', () => {
    rememberValue('planeContext', 'kind-a', CLUSTER);
    rememberValue('planeContext', 'kind-b', 'dataplane/other');
    expect(remembered('planeContext')).toBe('kind-a');
    expect(remembered('planeContext', 'dataplane/other')).toBe('kind-b');
    expect(remembered('planeContext', 'workflowplane/my-plane')).toBe('');
  });

  test('forgets the oldest context after 50', () => {
    for (let index = 0; index < 51; index += 1)
      rememberValue('planeContext', `c${index}`, `dataplane/p${index}`);
    expect(remembered('planeContext', 'dataplane/p0')).toBe('');
    expect(remembered('planeContext', 'dataplane/p1')).toBe('c1');
    expect(remembered('planeContext', 'dataplane/p50')).toBe('c50');
  });

  test.each([
    'no JSON',
    'null',
    '[]',
    '{"chartVersion": 7, "gatewayUrl": "javascript:alert(1)", "planeContexts": [["dataplane/my-plane", 3], null]}',
    '{"planeContexts": {"dataplane/my-plane": "x"}}',
  ])('makes nothing of a storage that holds %s', (text) => {
    stored.set(KEY, text);
    expect([remembered('chartVersion'), remembered('gatewayUrl'), remembered('planeContext')]).toEqual([
      '',
      '',
      '',
    ]);
  });

  test('is empty where the browser forbids storage', () => {
    vi.stubGlobal('window', {
      get localStorage(): Storage {
        throw new Error('denied');
      },
    });
    rememberValue('chartVersion', '1.2.3', CLUSTER);
    expect(remembered('chartVersion')).toBe('');
  });
});
