import { expect, test } from 'vitest';
import { remedyCommand } from './remedy-commands';

const places = {
  planeContext: 'plane',
  controlPlaneContext: 'control',
  controlPlaneNamespace: 'openchoreo-control-plane',
};

test('what is in the plane and what is in the control plane are looked at each in its own cluster', () => {
  expect(remedyCommand('restart-agent', 'data', places)).toBe(
    'kubectl --context plane rollout restart deployment/cluster-agent-dataplane -n openchoreo-data-plane',
  );
  expect(remedyCommand('control-plane-pods', 'data', places)).toBe(
    'kubectl --context control get pods -n openchoreo-control-plane',
  );
});

test('a placeholder stands for a context that is not known', () => {
  const unknown = { ...places, planeContext: null, controlPlaneContext: null };
  expect(remedyCommand('agent-values', 'data', unknown)).toContain("--kube-context '<plane-context>'");
  expect(remedyCommand('control-plane-pods', 'data', unknown)).toContain(
    "--context '<control-plane-context>' ",
  );
});

test('the Deployment of a build plane has no verified name, so it is not restarted by one', () => {
  expect(remedyCommand('restart-agent', 'build', places)).toBeNull();
});
