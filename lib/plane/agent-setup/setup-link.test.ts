import { describe, expect, test } from 'vitest';
import { parseSetupParameters, setupPath } from './setup-link';

describe('the address of a connect page', () => {
  test('names a namespaced and a cluster-wide plane', () => {
    expect(setupPath({ plural: 'dataplanes', namespace: 'acme', name: 'prod' })).toBe(
      '/register/connect/dataplanes/acme/prod',
    );
    expect(setupPath({ plural: 'clusterdataplanes', name: 'shared' })).toBe(
      '/register/connect/clusterdataplanes/shared',
    );
  });

  test('carries what the commands need, and comes back the same', () => {
    const parameters = { planeID: 'my-plane', version: '1.2.3', url: 'wss://gateway.example.com:8443/ws' };
    const path = setupPath({ plural: 'dataplanes', namespace: 'acme', name: 'prod' }, parameters);
    const { searchParams } = new URL(path, 'http://localhost');
    expect(parseSetupParameters((name) => searchParams.get(name))).toEqual(parameters);
  });

  test('leaves out what is not known', () => {
    const path = setupPath(
      { plural: 'dataplanes', namespace: 'acme', name: 'prod' },
      { planeID: 'my-plane', version: null, url: '' },
    );
    expect(path).toBe('/register/connect/dataplanes/acme/prod?planeID=my-plane');
  });

  test('proposes nothing that is empty or endless', () => {
    const values: Record<string, string> = { planeID: '  ', version: 'x'.repeat(600) };
    expect(parseSetupParameters((name) => values[name] ?? null)).toEqual({
      planeID: null,
      version: null,
      url: null,
    });
  });
});
