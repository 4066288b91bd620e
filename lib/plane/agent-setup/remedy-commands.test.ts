import { expect, test } from 'vitest';
import { remedyCommand } from './remedy-commands';

const places = {
  planeContext: 'plane',
  controlPlaneContext: 'control',
  controlPlaneNamespace: 'openchoreo-control-plane',
};

test('runs each command against the cluster of its object', () => {
  expect(remedyCommand('restart-agent', 'data', places)).toBe(
    'kubectl --context plane rollout restart deployment/cluster-agent-dataplane -n openchoreo-data-plane',
  );
  expect(remedyCommand('control-plane-pods', 'data', places)).toBe(
    'kubectl --context control get pods -n openchoreo-control-plane',
  );
});

test('uses a placeholder for an unknown context', () => {
  const unknown = { ...places, planeContext: null, controlPlaneContext: null };
  expect(remedyCommand('agent-values', 'data', unknown)).toContain("--kube-context '<plane-context>'");
  expect(remedyCommand('control-plane-pods', 'data', unknown)).toContain(
    "--context '<control-plane-context>' ",
  );
});

test('restarts the Deployment of the role', () => {
  expect(remedyCommand('restart-agent', 'build', places)).toBe(
    'kubectl --context plane rollout restart deployment/cluster-agent-buildplane -n openchoreo-build-plane',
  );
});
