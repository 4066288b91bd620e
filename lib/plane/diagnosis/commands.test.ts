import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { aCaSecret, CURRENT, inputOf, relatedResourcesWith } from '@/testing/plane/diagnosis-fixture';
import { gone } from '@/testing/plane/findings/sample-planes';
import { aPlane } from '@/testing/plane/plane-fixture';
import { diagnose } from './diagnose';

/** Returns the arguments that a shell passes to kubectl for each command of a diagnosis. */
function argumentsOf(commands: readonly string[]): string[][] {
  return commands.map((command) => {
    const script = `kubectl() { printf '%s\\0' "$@" >&2; }; base64() { cat; }; openssl() { cat; }\ncd "$(mktemp -d)" && : > agent-ca.crt\n${command}`;
    const { stderr, status } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
    expect(status, command).toBe(0);
    return stderr.split('\0').slice(0, -1);
  });
}

function commandsOf(input: Parameters<typeof diagnose>[0]): string[] {
  return diagnose(input).flatMap(({ remedies }) =>
    remedies.flatMap(({ command }) => (command?.startsWith('kubectl') ? [command] : [])),
  );
}

const HOSTILE = "$(touch /tmp/x); `id`' & #";

describe('commands', () => {
  test('quote the names from a resource', () => {
    const source = aCaSecret({ name: HOSTILE, state: 'not-visible' });
    const related = relatedResourcesWith({ ca: { source, certificates: [], findings: [] } });
    const found = argumentsOf(commandsOf(inputOf({ related }))).find((words) => words.includes('can-i'));
    expect(found).toEqual(['--context', 'cp', 'auth', 'can-i', 'get', `secrets/${HOSTILE}`, '-n', 'acme']);
  });

  test('create a Secret with the name and key that the plane uses', () => {
    const source = aCaSecret({ state: 'missing', key: "o'clock" });
    const related = relatedResourcesWith({ ca: { source, certificates: [], findings: [] } });
    const found = argumentsOf(commandsOf(inputOf({ related }))).find((words) => words.includes('create'));
    expect(found?.slice(2)).toEqual([
      'create',
      'secret',
      'generic',
      'prod-agent-ca',
      '-n',
      'acme',
      "--from-file=o'clock=agent-ca.crt",
    ]);
  });

  test('create no Secret with an invalid name', () => {
    const input = inputOf({ facts: { certificate: { state: 'secret-missing', secret: `acme/${HOSTILE}` } } });
    expect(commandsOf(input).join()).not.toContain('create secret');
    expect(diagnose(input).flatMap(({ remedies }) => remedies.map(({ text }) => text))).toContain(
      "A Secret can't have this name. Choose another.",
    );
  });

  test('are missing for an invalid key of a Secret', () => {
    const input = inputOf({
      facts: { certificate: { state: 'key-missing', secret: 'acme/ca', key: HOSTILE } },
    });
    const finding = diagnose(input).find(({ code }) => code === 'secret-key-missing');
    expect(finding?.remedies.map(({ command }) => command ?? '').join()).not.toContain('touch');
    expect(finding?.remedies.map(({ text }) => text)).toContain(
      "A Secret can't have this key. Choose another.",
    );
  });

  test('store the material under its key as JSON', () => {
    const input = inputOf({
      facts: { certificate: { state: 'key-missing', secret: 'acme/ca', key: 'ca.crt' } },
    });
    const patch = argumentsOf(commandsOf(input)).find((words) => words.includes('patch'));
    expect(JSON.parse(patch?.at(-1) ?? '')).toEqual({ data: { 'ca.crt': '' } });
  });

  test('use the known contexts, quoted', () => {
    const input = {
      ...inputOf({ plane: aPlane({ agent: gone }) }),
      contexts: { plane: 'my plane', controlPlane: 'cp' },
    };
    const logs = argumentsOf(commandsOf(input)).find((words) => words.includes('logs'));
    expect(logs?.slice(0, 3)).toEqual(['--context', 'my plane', 'logs']);
  });

  test("for the plane's cluster are omitted if its names aren't known", () => {
    const before09 = { ...CURRENT, planeID: false, clusterAgent: false, optionalAgent: true };
    const input = inputOf({ plane: aPlane({ agent: gone }), features: before09 });
    expect(commandsOf(input).join('\n')).not.toContain('cluster-agent');
  });
});
