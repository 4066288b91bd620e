import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { CertificateFact } from '@/lib/plane/health/health-facts';
import { caMoveNext, caMoveState, isMoveOpen, isMoveUnchecked, noMovesText } from './ca-move';
import { caMoveCommands } from './ca-move-commands';

const CA = { notBefore: '2026-01-01T00:00:00Z', notAfter: '2036-01-01T00:00:00Z', selfSignedLeaf: false };
const LEAF = { notBefore: '2026-01-01T00:00:00Z', notAfter: '2026-04-01T00:00:00Z', selfSignedLeaf: true };

function fact(last: typeof CA, ...earlier: (typeof CA)[]): CertificateFact {
  return {
    state: 'parsed',
    ...last,
    subject: 'CN=x',
    count: earlier.length + 1,
    ...(earlier.length > 0 ? { earlier } : {}),
  };
}

test.each([
  ['a self-signed certificate alone', fact(LEAF), 'leaf'],
  [
    'two of them, before and after a renewal',
    fact({ ...LEAF, notAfter: '2026-06-01T00:00:00Z' }, LEAF),
    'leaf',
  ],
  ['one beside a CA', fact(CA, LEAF), 'both'],
  ['two beside a CA', fact(CA, LEAF, LEAF), 'both'],
  ['a CA', fact(CA), 'moved'],
  ['two CAs', fact(CA, CA), 'moved'],
  ['nothing readable', { state: 'unparsable', problem: '' } as CertificateFact, 'unknown'],
  ['nothing checked', { state: 'not-checked' } as CertificateFact, 'unknown'],
] as const)('a plane with %s', (_, certificate, state) => {
  expect(caMoveState(certificate)).toBe(state);
});

test('a move is open until only CAs are registered, unless the plane is being deleted', () => {
  expect(isMoveOpen({ facts: { certificate: fact(LEAF) } })).toBe(true);
  expect(isMoveOpen({ facts: { certificate: fact(CA, LEAF) } })).toBe(true);
  expect(isMoveOpen({ facts: { certificate: fact(CA) } })).toBe(false);
  expect(isMoveOpen({ deletingSince: '2026-03-01T00:00:00Z', facts: { certificate: fact(LEAF) } })).toBe(
    false,
  );
});

test('a plane whose certificate was not checked may have to be moved, if it has an agent', () => {
  const unchecked = { connection: 'agent', facts: { certificate: { state: 'not-checked' } } } as const;
  expect(isMoveUnchecked(unchecked)).toBe(true);
  expect(isMoveUnchecked({ ...unchecked, connection: 'direct' })).toBe(false);
  expect(isMoveUnchecked({ ...unchecked, unreadable: ['No.'] })).toBe(false);
  expect(isMoveUnchecked({ ...unchecked, facts: { certificate: { state: 'absent' } } })).toBe(false);
});

test.each([
  [true, 0, 'No planes to move', 'No plane depends'],
  [false, 0, 'No known planes to move', 'None of the planes you can see depends'],
  [true, 2, 'No known planes to move', "The certificates of 2 planes weren't checked"],
  [false, 2, 'No known planes to move', "The certificates of 2 planes weren't checked"],
])(
  'with all planes known: %s, and %i unchecked, an empty list says "%s"',
  (allPlanesKnown, unchecked, title, text) => {
    const shown = noMovesText({ allPlanesKnown, unchecked });
    expect(shown.title).toBe(title);
    expect(shown.text).toContain(text);
  },
);

test('names no chart as the next step where the charts of the release are not known', () => {
  expect(caMoveNext('both', true)).toContain('Switch the chart');
  expect(caMoveNext('both', false)).not.toContain('chart');
  expect(caMoveNext('leaf', false)).toContain("Have a CA issue the agent's certificate");
});

describe('caMoveCommands', () => {
  const input = {
    role: 'data',
    planeID: 'prod',
    planeContext: 'PL',
    chartVersion: '1.2.3',
    chartRepository: null,
  } as const;
  const oneLine = (command = '') => command.replaceAll(/ \\\n\s*/g, ' ');

  test("keep the chart's version and values, and begin with a dry run", () => {
    const { switch: steps, overlay } = caMoveCommands(input);
    const [, dryRun, upgrade] = steps.map(({ command }) => oneLine(command));
    const helm =
      'helm upgrade openchoreo-data-plane oci://ghcr.io/openchoreo/helm-charts/openchoreo-data-plane --version "$version" --kube-context PL -n openchoreo-data-plane --reuse-values -f prod-data-plane-agent-ca.yaml';
    expect(steps.map(({ id }) => id)).toEqual(['overlay', 'dry-run', 'upgrade']);
    expect(upgrade?.endsWith(helm)).toBe(true);
    expect(dryRun).toContain(`${helm} --dry-run=server`);
    expect(parse(overlay.text)).toEqual({
      clusterAgent: { tls: { generateCerts: false, caSecretName: 'cluster-agent-ca' } },
    });
  });

  test('restart the agent only once its certificate comes from the CA', () => {
    const { command } = caMoveCommands(input).restart;
    expect(command.indexOf('cluster-agent-ca')).toBeLessThan(command.indexOf('rollout restart'));
    expect(command).toContain('deployment/cluster-agent-dataplane');
  });

  test('need the context of the cluster', () => {
    const { create, restart } = caMoveCommands({ ...input, planeContext: '' });
    expect(create.map(({ missing }) => missing)).toEqual([['planeContext'], ['planeContext']]);
    expect(restart.missing).toEqual(['planeContext']);
    expect(create[0]?.command).toContain("--context '<plane-context>'");
  });
});
