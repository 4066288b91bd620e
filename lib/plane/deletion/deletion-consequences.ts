import { kindOfName } from '@/lib/plane/model/kinds';
import type { Plane } from '@/lib/plane/model/plane';
import { joinList } from '@/lib/plane/model/text';
import {
  managingToolText,
  type Referrer,
  type RelatedResources,
} from '@/lib/plane/related/related-resources';

/** One consequence of deleting a plane. */
export interface Consequence {
  readonly code:
    | 'managed'
    | 'deletes-environments'
    | 'blocked'
    | 'environments-unknown'
    | 'breaks-references'
    | 'changes-default'
    | 'drops-agents'
    | 'drops-siblings'
    | 'may-hang'
    | 'references-unknown';
  /** `stop`: the deletion won't complete or won't last. `harm`: something is lost. `note`: information. */
  readonly weight: 'stop' | 'harm' | 'note';
  readonly text: string;
  /** The objects it affects, each a link if it has a page. */
  readonly objects: readonly Referrer[];
}

const WEIGHTS = ['stop', 'harm', 'note'] as const;

/**
 * Returns what deleting a plane does on this kind and release, worst first. Up to 0.17, deleting a DataPlane deletes
 * its Environments; from 1.0 on they block it. Nothing blocks a ClusterDataPlane. Deleting disconnects every agent of
 * the planeID, including those of its siblings, which come back after about 5 s. With the gateway down, the finalizer
 * hangs.
 *
 * @param siblings the number of other planes that share its planeID in its role
 */
export function deletionConsequences(
  plane: Plane,
  related: RelatedResources,
  siblings: number,
): Consequence[] {
  const found = [
    managedConsequence(related),
    ...environmentConsequences(plane, related),
    ...referenceConsequences(plane, related),
    ...agentConsequences(plane, siblings),
    hangConsequence(plane, related),
  ].filter((item) => item !== null);
  return WEIGHTS.flatMap((weight) => found.filter((item) => item.weight === weight));
}

function managedConsequence({ managedBy }: RelatedResources): Consequence | null {
  if (!managedBy) return null;
  return consequence(
    'managed',
    'stop',
    `${managingToolText(managedBy)} keeps this plane as its source says, known from ${managedBy.evidence}: deleted here, it will be made anew. Take it out of its source first.`,
  );
}

function environmentConsequences(plane: Plane, related: RelatedResources): (Consequence | null)[] {
  const { deletionRule, referrers, referrersNotVisible } = related;
  if (deletionRule === 'none') return [];
  const environments = referrers.filter(({ kind }) => kind === 'Environment');
  const hidden = referrersNotVisible.includes('Environment');
  const one = environments.length === 1;
  const deletes = deletionRule === 'deletes-environments';
  return [
    environments.length === 0
      ? null
      : deletes
        ? consequence(
            'deletes-environments',
            'harm',
            `On this release ${one ? 'the Environment that uses it is' : `the ${environments.length} Environments that use it are`} deleted with it, and with ${one ? 'it' : 'them'} what is deployed there.`,
            environments,
          )
        : consequence(
            'blocked',
            'stop',
            `On this release the deletion waits until ${one ? 'the Environment that uses it is' : `the ${environments.length} Environments that use it are`} deleted. Until then the plane stays in Terminating, which cannot be taken back.`,
            environments,
          ),
    hidden
      ? consequence(
          'environments-unknown',
          deletes ? 'harm' : 'stop',
          `You may not list Environments${plane.namespace === undefined ? '' : ` in ${plane.namespace}`}, so which of them use it is not known. ${deletes ? 'On this release they are deleted with it.' : 'On this release they block the deletion.'}`,
        )
      : null,
  ];
}

function referenceConsequences(plane: Plane, related: RelatedResources): (Consequence | null)[] {
  const { deletionRule, referrers, referrersNotVisible } = related;
  const others = referrers.filter(({ kind }) => kind !== 'Environment' || deletionRule === 'none');
  const explicit = others.filter(({ via }) => via === 'explicit');
  const byDefault = others.filter(({ via }) => via === 'default');
  const unseen = referrersNotVisible.filter((kind) => kind !== 'Environment' || deletionRule === 'none');
  return [
    explicit.length === 0
      ? null
      : consequence(
          'breaks-references',
          'harm',
          `${explicit.length === 1 ? 'One object refers' : `${explicit.length} objects refer`} to it by name, and will refer to nothing.`,
          explicit,
        ),
    plane.name === 'default'
      ? consequence(
          'changes-default',
          byDefault.length > 0 ? 'harm' : 'note',
          `Its name is default: whatever names no ${kindOfName(plane.kind)?.label.toLowerCase() ?? 'plane'} uses it. ${afterDefault(plane)}`,
          byDefault,
        )
      : null,
    unseen.length === 0
      ? null
      : consequence(
          'references-unknown',
          'note',
          `You may not list ${joinList(unseen.map((kind) => `${kind}s`))}, so whether any of these refers to it is not known.`,
        ),
  ];
}

/** A namespaced `default` takes precedence over the cluster-wide one of its role, after which there is none. */
function afterDefault({ namespace }: Plane): string {
  return namespace === undefined
    ? 'Without it, what names none has none, except where a namespace has a default of its own.'
    : 'Without it, that falls to the cluster-wide plane named default, or to none where there is none.';
}

function agentConsequences({ agent, planeID }: Plane, siblings: number): (Consequence | null)[] {
  const connected = agent?.connected ? agent.connectedAgents : 0;
  return [
    connected === 0
      ? null
      : consequence(
          'drops-agents',
          'harm',
          `${connected === 1 ? 'Its agent is' : `Its ${connected} agents are`} disconnected. ${siblings === 0 ? 'It goes on running in its cluster, and dials in vain until it is uninstalled there.' : ''}`.trim(),
        ),
    siblings === 0
      ? null
      : consequence(
          'drops-siblings',
          'note',
          `${siblings === 1 ? 'One other plane shares' : `${siblings} other planes share`} its planeID ${planeID ?? ''}: to the gateway they are one cluster, so ${siblings === 1 ? 'its agents are' : 'their agents are'} dropped for a moment too, and come back after about 5 seconds.`,
        ),
  ];
}

function hangConsequence({ kind }: Plane, { controlPlane }: RelatedResources): Consequence {
  const finalizer = `openchoreo.dev/${kind.toLowerCase()}-cleanup`;
  const down = controlPlane.workloads.filter(({ readyReplicas }) => readyReplicas === 0);
  if (down.length > 0) {
    const names = joinList(down.map(({ name, role }) => `the ${role} (Deployment ${name})`));
    return consequence(
      'may-hang',
      'stop',
      `Now ${names} ${down.length === 1 ? 'is' : 'are'} down: the plane will hang in Terminating until ${down.length === 1 ? 'it is' : 'they are'} back, as ${finalizer} is taken away only then.`,
    );
  }
  return consequence(
    'may-hang',
    'note',
    `Its finalizer ${finalizer} is taken away by the controller, once the gateway has let the agents go. While one of them is down, the plane stays in Terminating.${controlPlane.state === 'read' ? '' : ' How they are could not be read with your rights.'}`,
  );
}

function consequence(
  code: Consequence['code'],
  weight: Consequence['weight'],
  text: string,
  objects: readonly Referrer[] = [],
): Consequence {
  return { code, weight, text, objects };
}
