import { describe, expect, test } from 'vitest';
import { parseDemoArguments } from './demo-arguments';

describe('parseDemoArguments', () => {
  test('returns the defaults without options', () => {
    expect(parseDemoArguments([], {} as NodeJS.ProcessEnv)).toEqual({
      release: '1.2',
      planes: undefined,
      speed: 1,
      gateway: { replicas: 1, mesh: false },
      auth: 'kubeconfig',
      reset: false,
      dev: false,
      port: 3000,
      help: false,
    });
  });

  test('reads the port from PORT unless --port is set', () => {
    const env = { PORT: '4000' } as unknown as NodeJS.ProcessEnv;
    expect(parseDemoArguments([], env).port).toBe(4000);
    expect(parseDemoArguments(['--port', '5000'], env).port).toBe(5000);
  });

  test.each([
    [['--release', '0.9'], '--release must be one of 0.3, 0.7, 0.16, 1.0, 1.2, not "0.9".'],
    [['--planes', '0'], '--planes must be a whole number from 1 to 50000, not "0".'],
    [['--planes', '1e3'], '--planes must be a whole number from 1 to 50000, not "1e3".'],
    [['--speed', '0'], '--speed must be a number above 0, at most 60, not "0".'],
    [['--gateway', 'many'], '--gateway must be one of single, mesh, split, not "many".'],
    [['--auth', 'ldap'], '--auth must be token or oidc, not "ldap".'],
    [['--port', '99999'], '--port must be a whole number from 1 to 65535, not "99999".'],
    [['--fast'], `Unknown option '--fast'. Run "npm run demo -- --help" for the options.`],
    [['now'], /^Unexpected argument 'now'\. Run "npm run demo -- --help" for the options\.$/],
  ])('rejects %j with one sentence', (args, sentence) => {
    expect(() => parseDemoArguments(args, {} as NodeJS.ProcessEnv)).toThrow(sentence);
  });
});
