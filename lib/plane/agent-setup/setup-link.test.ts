import { describe, expect, test } from 'vitest';
import { NO_PARAMETERS, parseSetupParameters, setupPath } from './setup-link';

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
    const parameters = {
      planeID: 'my-plane',
      version: '1.2.3',
      url: 'wss://gateway.example.com:8443/ws',
      settings: { caSecret: 'company-ca', observerBaseUrl: 'https://observer.example.com' },
      choices: { certificate: 'company-ca', gatewayTls: false, open: ['observerSecret'] },
    } as const;
    const path = setupPath({ plural: 'dataplanes', namespace: 'acme', name: 'prod' }, parameters);
    const { searchParams } = new URL(path, 'http://localhost');
    expect(parseSetupParameters((name) => searchParams.get(name))).toEqual(parameters);
  });

  test('omits unknown values', () => {
    const path = setupPath(
      { plural: 'dataplanes', namespace: 'acme', name: 'prod' },
      { ...NO_PARAMETERS, planeID: 'my-plane', url: '' },
    );
    expect(path).toBe('/register/connect/dataplanes/acme/prod?planeID=my-plane');
  });

  test('ignores empty and overlong values', () => {
    const values: Record<string, string> = { planeID: '  ', version: 'x'.repeat(600) };
    expect(parseSetupParameters((name) => values[name] ?? null)).toEqual(NO_PARAMETERS);
  });

  test('drops settings and choices that no page could have written', () => {
    const values: Record<string, string> = {
      gatewayHostname: 'a b',
      openSearchAdminPassword: 'secret',
      certificate: 'none',
      open: 'everything,gatewayHostname',
    };
    const { settings, choices } = parseSetupParameters((name) => values[name] ?? null);
    expect(settings).toEqual({});
    expect(choices).toEqual({ certificate: 'own-ca', gatewayTls: true, open: ['gatewayHostname'] });
  });
});
