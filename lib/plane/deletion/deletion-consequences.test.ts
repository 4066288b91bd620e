import { describe, expect, test } from 'vitest';
import type { FleetPlane } from '@/lib/api/fleet';
import { knownAgents } from '@/lib/plane/health/fresh-agent';
import type { Plane } from '@/lib/plane/model/plane';
import type { ManagingTool, Referrer, RelatedResources } from '@/lib/plane/related/related-resources';
import { judged, relatedResourcesWith } from '@/testing/plane/diagnosis-fixture';
import { aPlane } from '@/testing/plane/plane-fixture';
import { deletionConsequences } from './deletion-consequences';

const environment = (name: string, via: Referrer['via'] = 'explicit'): Referrer => ({
  kind: 'Environment',
  namespace: 'acme',
  name,
  via,
});
const workflow: Referrer = { kind: 'Workflow', namespace: 'acme', name: 'build', via: 'explicit' };
const argo: ManagingTool = {
  tool: 'argocd',
  name: 'planes',
  evidence: 'annotation argocd.argoproj.io/tracking-id',
};

function fleetPlane(changes: Partial<Plane>): FleetPlane {
  const { plane, health } = judged(aPlane(changes));
  return { ...plane, health };
}

function consequencesOf(
  around: Partial<RelatedResources>,
  plane: Partial<Plane> = {},
  siblings = 0,
): readonly string[] {
  return deletionConsequences(
    fleetPlane(plane),
    relatedResourcesWith(around),
    siblings,
    knownAgents(judged(aPlane(plane))),
  ).map(({ code, weight }) => `${weight} ${code}`);
}

describe('deletionConsequences', () => {
  test.each<[string, Partial<RelatedResources>, Partial<Plane>, number, readonly string[]]>([
    ['nothing refers to it', {}, {}, 0, ['harm drops-agents', 'note may-hang']],
    ['no agent is connected', {}, { agent: undefined }, 0, ['note may-hang']],
    [
      'Environments block it from 1.0 on',
      { referrers: [environment('dev')] },
      {},
      0,
      ['stop blocked', 'harm drops-agents', 'note may-hang'],
    ],
    [
      'Environments are deleted with it up to 0.17',
      { deletionRule: 'deletes-environments', referrers: [environment('dev')] },
      {},
      0,
      ['harm deletes-environments', 'harm drops-agents', 'note may-hang'],
    ],
    [
      'nothing blocks a cluster-wide data plane, so Environments lose their reference',
      { deletionRule: 'none', referrers: [environment('dev')] },
      {},
      0,
      ['harm breaks-references', 'harm drops-agents', 'note may-hang'],
    ],
    [
      "Environments can't be listed",
      { referrersNotVisible: ['Environment'] },
      {},
      0,
      ['stop environments-unknown', 'harm drops-agents', 'note may-hang'],
    ],
    [
      'its name is default and something resolves to it',
      { deletionRule: 'none', referrers: [{ ...workflow, via: 'default' }] },
      { name: 'default' },
      0,
      ['harm changes-default', 'harm drops-agents', 'note may-hang'],
    ],
    [
      'it is a namespaced workflow plane named default, which workflows never default to',
      {},
      { kind: 'WorkflowPlane', plural: 'workflowplanes', name: 'default' },
      0,
      ['harm drops-agents', 'note may-hang'],
    ],
    [
      'it is a cluster-wide workflow plane named default',
      {},
      {
        kind: 'ClusterWorkflowPlane',
        plural: 'clusterworkflowplanes',
        namespace: undefined,
        name: 'default',
      },
      0,
      ['harm drops-agents', 'note changes-default', 'note may-hang'],
    ],
    ['it shares its planeID', {}, {}, 2, ['harm drops-agents', 'note drops-siblings', 'note may-hang']],
    [
      'Argo CD manages it',
      { managedBy: argo },
      {},
      0,
      ['stop managed', 'harm drops-agents', 'note may-hang'],
    ],
  ])('lists them when %s', (_name, around, plane, siblings, expected) => {
    expect(consequencesOf(around, plane, siblings)).toEqual(expected);
  });

  test('of a plane with direct access neither concern an agent nor wait for the gateway', () => {
    const workload = (role: 'gateway' | 'controller', readyReplicas: number) =>
      ({ name: role, role, readyReplicas, desiredReplicas: 1, changedAt: null }) as const;
    const texts = (readyControllers: number) =>
      deletionConsequences(
        fleetPlane({ connection: 'direct', planeID: null, agent: undefined }),
        relatedResourcesWith({
          controlPlane: {
            state: 'read',
            workloads: [workload('gateway', 0), workload('controller', readyControllers)],
            lease: null,
          },
        }),
        0,
        null,
      ).map(({ weight, text }) => `${weight}: ${text}`);
    expect(texts(1)).toEqual([
      "note: The controller removes the finalizer openchoreo.dev/dataplane-cleanup. If it's down, deletion waits until it's back.",
    ]);
    expect(texts(0)).toEqual([
      "stop: Currently, the controller (Deployment controller) is down. The plane will stay in Terminating until it's back, because only then is the finalizer openchoreo.dev/dataplane-cleanup removed.",
    ]);
  });

  test('of a left-over kind wait for nobody but the person who removes the finalizer', () => {
    const plane = fleetPlane({ kind: 'BuildPlane', plural: 'buildplanes' });
    const leftOver = { ...plane, facts: { ...plane.facts, unreconciled: true as const } };
    expect(deletionConsequences(leftOver, relatedResourcesWith({}), 1, null).map(({ text }) => text)).toEqual(
      [
        'No controller of this release reconciles this kind, so nothing removes the finalizer openchoreo.dev/buildplane-cleanup. If the plane has it, it will stay in Terminating until you remove the finalizer.',
      ],
    );
  });

  test('names a gateway that is down as an obstacle', () => {
    const down = {
      name: 'cluster-gateway',
      role: 'gateway',
      readyReplicas: 0,
      desiredReplicas: 1,
      changedAt: null,
    } as const;
    const around = relatedResourcesWith({
      controlPlane: { state: 'read', workloads: [down], lease: null },
    });
    const found = deletionConsequences(fleetPlane({}), around, 0, 1).find(({ code }) => code === 'may-hang');
    expect(found?.weight).toBe('stop');
    expect(found?.text).toContain('the gateway (Deployment cluster-gateway) is down');
  });

  test('lists the objects of each consequence', () => {
    const found = deletionConsequences(
      fleetPlane({}),
      relatedResourcesWith({ referrers: [environment('dev'), environment('prod', 'default'), workflow] }),
      0,
      1,
    );
    const names = (code: string) => found.find((item) => item.code === code)?.objects.map(({ name }) => name);
    expect(names('blocked')).toEqual(['dev', 'prod']);
    expect(names('breaks-references')).toEqual(['build']);
  });

  test.each<[Partial<Plane>, string]>([
    [
      {},
      "Resources in acme that name no data plane use this one, because its name is default. After the deletion, they use the cluster-wide plane named default, or none if it doesn't exist.",
    ],
    [
      { kind: 'ClusterDataPlane', plural: 'clusterdataplanes', namespace: undefined },
      'Resources that name no data plane use this one, because its name is default, unless their namespace has its own default. After the deletion, they use none.',
    ],
    [
      { kind: 'ClusterWorkflowPlane', plural: 'clusterworkflowplanes', namespace: undefined },
      'Resources that name no workflow plane use this one, because its name is default. After the deletion, they use none.',
    ],
  ])('says who uses the default plane %o', (plane, text) => {
    const found = deletionConsequences(
      fleetPlane({ ...plane, name: 'default' }),
      relatedResourcesWith({ deletionRule: 'none' }),
      0,
      1,
    );
    expect(found.find(({ code }) => code === 'changes-default')?.text).toBe(text);
  });

  test.each([
    [1, 'Its agent will be disconnected. It will keep running'],
    [2, 'Its 2 agents will be disconnected. They will keep running'],
    [null, 'An agent that is connected will be disconnected. It will keep running'],
  ])('says who disconnects when the agents known to be connected are %s', (agents, text) => {
    const found = deletionConsequences(fleetPlane({}), relatedResourcesWith({}), 0, agents);
    expect(found.find(({ code }) => code === 'drops-agents')?.text).toContain(text);
  });

  test('counts the objects', () => {
    const [first] = deletionConsequences(
      fleetPlane({}),
      relatedResourcesWith({ referrers: [environment('dev'), environment('prod')] }),
      0,
      1,
    );
    expect(first?.text).toBe(
      "On this release, the deletion waits until the 2 Environments that use this plane are deleted. Until then, the plane stays in Terminating, and you can't cancel the deletion.",
    );
  });
});
