import { type Consequence, consequence, worstFirst } from '@/lib/plane/consequences/consequence';
import { kindOfName } from '@/lib/plane/model/kinds';
import type { Plane } from '@/lib/plane/model/plane';
import { joinList } from '@/lib/plane/model/text';
import { DEFAULT_NAME } from '@/lib/plane/related/observability-target';
import { managingToolText, type RelatedResources } from '@/lib/plane/related/related-resources';

type DeletionCode =
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
/** `unreconciled`: no controller of this release reconciles the plane's kind. */
type DeletedPlane = Plane & { readonly facts: { readonly unreconciled?: true | undefined } };
type DeletionConsequence = Consequence<DeletionCode>;

/**
 * Returns what deleting a plane does on this kind and release, worst first. Up to 0.17, deleting a DataPlane deletes
 * its Environments; from 1.0 on they block it. Nothing blocks a ClusterDataPlane. Deleting disconnects every agent of
 * the planeID, including those of its siblings, which come back after about 5 s. With the gateway down, the finalizer
 * hangs. A plane with direct access has neither agents nor a use for the gateway. On a left-over kind, no controller does any
 * of this.
 *
 * @param siblings the number of other planes that share its planeID in its role
 * @param connectedAgents how many agents are known to be connected; null: not known
 */
export function deletionConsequences(
  plane: DeletedPlane,
  related: RelatedResources,
  siblings: number,
  connectedAgents: number | null,
): DeletionConsequence[] {
  return worstFirst<DeletionCode>([
    managedConsequence(related),
    ...environmentConsequences(plane, related),
    ...referenceConsequences(plane, related),
    ...agentConsequences(plane, siblings, connectedAgents),
    hangConsequence(plane, related),
  ]);
}

function managedConsequence({ managedBy }: RelatedResources): DeletionConsequence | null {
  if (!managedBy) return null;
  return consequence(
    'managed',
    'stop',
    `${managingToolText(managedBy)} manages this plane, according to its ${managedBy.evidence}, and will create it again if you delete it here. Remove it from its source first.`,
  );
}

function environmentConsequences(plane: Plane, related: RelatedResources): (DeletionConsequence | null)[] {
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
            `On this release, the ${one ? 'Environment that uses this plane is' : `${environments.length} Environments that use this plane are`} deleted with it, including everything deployed there.`,
            environments,
          )
        : consequence(
            'blocked',
            'stop',
            `On this release, the deletion waits until the ${one ? 'Environment that uses this plane is' : `${environments.length} Environments that use this plane are`} deleted. Until then, the plane stays in Terminating, and you can't cancel the deletion.`,
            environments,
          ),
    hidden
      ? consequence(
          'environments-unknown',
          deletes ? 'harm' : 'stop',
          `Environments${plane.namespace === undefined ? '' : ` in ${plane.namespace}`} couldn't be listed with your permissions, so it isn't known whether any use this plane. On this release, Environments that use it ${deletes ? 'are deleted with it' : 'block the deletion'}.`,
        )
      : null,
  ];
}

function referenceConsequences(plane: Plane, related: RelatedResources): (DeletionConsequence | null)[] {
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
          `${explicit.length === 1 ? 'One object refers to this plane by name. Its reference' : `${explicit.length} objects refer to this plane by name. Their references`} will no longer resolve.`,
          explicit,
        ),
    isUsedByDefault(plane)
      ? consequence('changes-default', byDefault.length > 0 ? 'harm' : 'note', defaultText(plane), byDefault)
      : null,
    unseen.length === 0
      ? null
      : consequence(
          'references-unknown',
          'note',
          `${joinList(unseen.map((kind) => `${kind}s`))} couldn't be listed with your permissions, so it isn't known whether any refer to this plane.`,
        ),
  ];
}

/**
 * Returns whether resources without a reference use this plane. Workflows never default to a namespaced workflow
 * plane.
 */
function isUsedByDefault({ kind, name }: Plane): boolean {
  return name === DEFAULT_NAME && kind !== 'WorkflowPlane';
}

/**
 * Describes who uses a plane named `default`, and what they use after its deletion. A namespaced `default` takes
 * precedence over the cluster-wide one of its role, except for workflow planes.
 */
function defaultText({ kind, namespace }: Plane): string {
  const role = kindOfName(kind)?.role;
  const within = namespace === undefined ? '' : ` in ${namespace}`;
  // The rule of build planes isn't known.
  const use = role === 'build' ? 'may use' : 'use';
  const users = `Resources${within} that name no ${role === undefined ? 'plane' : `${role} plane`} ${use} this one, because its name is default`;
  if (namespace !== undefined)
    return `${users}. After the deletion, they use the cluster-wide plane named default, or none if it doesn't exist.`;
  return role === 'workflow'
    ? `${users}. After the deletion, they use none.`
    : `${users}, unless their namespace has its own default. After the deletion, they use none.`;
}

function agentConsequences(
  { agent, connection, planeID, facts }: DeletedPlane,
  siblings: number,
  connectedAgents: number | null,
): (DeletionConsequence | null)[] {
  if (connection === 'direct' || facts.unreconciled) return [];
  return [
    agent === undefined || connectedAgents === 0
      ? null
      : consequence('drops-agents', 'harm', disconnectionText(connectedAgents, siblings)),
    siblings === 0
      ? null
      : consequence(
          'drops-siblings',
          'note',
          `${siblings === 1 ? 'One other plane shares' : `${siblings} other planes share`} the planeID ${planeID ?? ''}, so ${siblings === 1 ? 'its' : 'their'} agents disconnect too. They try to reconnect after about 5 seconds.`,
        ),
  ];
}

function disconnectionText(agents: number | null, siblings: number): string {
  const isOne = agents === null || agents === 1;
  const which = agents === null ? 'An agent that is connected' : isOne ? 'Its agent' : `Its ${agents} agents`;
  const disconnected = `${which} will be disconnected.`;
  if (siblings > 0) return disconnected;
  return isOne
    ? `${disconnected} It will keep running in its cluster and retrying until you uninstall it there.`
    : `${disconnected} They will keep running in their cluster and retrying until you uninstall them there.`;
}

function hangConsequence(
  { kind, connection, facts }: DeletedPlane,
  { controlPlane }: RelatedResources,
): DeletionConsequence {
  const finalizer = `openchoreo.dev/${kind.toLowerCase()}-cleanup`;
  if (facts.unreconciled)
    return consequence(
      'may-hang',
      'stop',
      `No controller of this release reconciles this kind, so nothing removes the finalizer ${finalizer}. If the plane has it, it will stay in Terminating until you remove the finalizer.`,
    );
  const isDirect = connection === 'direct';
  const down = controlPlane.workloads.filter(
    ({ role, readyReplicas }) => readyReplicas === 0 && !(isDirect && role === 'gateway'),
  );
  if (down.length > 0) {
    const names = joinList(down.map(({ name, role }) => `the ${role} (Deployment ${name})`));
    return consequence(
      'may-hang',
      'stop',
      `Currently, ${names} ${down.length === 1 ? 'is' : 'are'} down. The plane will stay in Terminating until ${down.length === 1 ? "it's" : "they're"} back, because only then is the finalizer ${finalizer} removed.`,
    );
  }
  const isKnown = controlPlane.state === 'read';
  if (isDirect)
    return consequence(
      'may-hang',
      'note',
      `The controller removes the finalizer ${finalizer}. If it's down, deletion waits until it's back.${isKnown ? '' : " Its current state isn't known."}`,
    );
  return consequence(
    'may-hang',
    'note',
    `The controller removes the finalizer ${finalizer} after the gateway has disconnected the agents. If either is down, deletion waits until it's back.${isKnown ? '' : " Their current state isn't known."}`,
  );
}
