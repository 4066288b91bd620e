import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import { expect, test } from '@/e2e/support/plane-test';
import { DAY_MS } from '@/lib/plane/time/duration';
import type { SimulatedPlane } from '@/testing/installation/simulated-planes';

const LONG_WAIT = { timeout: 45_000 };

test('a plane that an old gateway gives no agent because of an intermediate CA says so, and what it advises helps', async ({
  installation,
  planePage,
}) => {
  test.setTimeout(120_000);
  const { gateway } = installation.demo.simulation;
  const key = { planeType: 'dataplane', planeID: 'through-intermediate' };
  const root = await CertificateAuthority.create('company root', { days: 3650 });
  const intermediate = await root.intermediate('company agents', { days: 3650 });
  const { certPem } = await intermediate.client('agent', [], { days: 90 });
  const plane: SimulatedPlane = {
    kind: 'DataPlane',
    namespace: 'intermediate',
    name: 'through-intermediate',
    planeID: key.planeID,
    ageMs: 3 * DAY_MS,
    spec: { clusterAgent: { clientCA: { value: intermediate.certPem } } },
  };
  gateway.hasIntermediateFault = true;
  try {
    // The agent was there before its plane.
    gateway.agents.add({ ...key, certPem });
    await installation.add(plane);
    await planePage.open(plane);
    await planePage.finding('never-connected');
    // A restart of the gateway affects every plane, so it comes after all findings.
    const diagnosis = planePage.card('Diagnosis');
    await expect(diagnosis).toContainText(
      'The registered CA (CN=company agents) is an intermediate, issued by CN=company root. Before OpenChoreo 1.1.6 and 1.2.2, a plane that was registered after its agent',
    );
    await expect(diagnosis).toContainText('rollout restart deployment/cluster-gateway');

    await gateway.stop();
    await gateway.start();
    await expect(planePage.card('Agent connection')).toContainText('1 agent', LONG_WAIT);
    await expect(diagnosis).toContainText('No known problems', LONG_WAIT);
  } finally {
    gateway.hasIntermediateFault = false;
    gateway.agents.remove(key);
  }
});
