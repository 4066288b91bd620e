import { describe, expect, test } from 'vitest';
import { parseSetupParameters, setupPath } from './setup-link';

describe('setupPath', () => {
  test('names a namespaced and a cluster-wide plane', () => {
    expect(setupPath({ plural: 'dataplanes', namespace: 'acme', name: 'prod' })).toBe(
      '/register/connect/dataplanes/acme/prod',
    );
    expect(setupPath({ plural: 'clusterdataplanes', name: 'shared' })).toBe(
      '/register/connect/clusterdataplanes/shared',
    );
  });

  test('carries the parameters of the commands, and they parse back', () => {
    const parameters = { planeID: 'my-plane', version: '1.2.3', url: 'wss://gateway.example.com:8443/ws' };
    const path = setupPath({ plural: 'dataplanes', namespace: 'acme', name: 'prod' }, parameters);
    const { searchParams } = new URL(path, 'http://localhost');
    expect(parseSetupParameters((name) => searchParams.get(name))).toEqual(parameters);
  });

  test('omits unknown values', () => {
    const path = setupPath(
      { plural: 'dataplanes', namespace: 'acme', name: 'prod' },
      { planeID: 'my-plane', version: null, url: '' },
    );
    expect(path).toBe('/register/connect/dataplanes/acme/prod?planeID=my-plane');
  });

  test('ignores empty and overlong values', () => {
    const values: Record<string, string> = { planeID: '  ', version: 'x'.repeat(600) };
    expect(parseSetupParameters((name) => values[name] ?? null)).toEqual({
      planeID: null,
      version: null,
      url: null,
    });
  });
});
