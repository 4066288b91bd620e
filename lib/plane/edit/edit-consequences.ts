import { type Consequence, consequence, worstFirst } from '@/lib/plane/consequences/consequence';
import { kindOfName } from '@/lib/plane/model/kinds';
import type { ObjectRef } from '@/lib/plane/model/object-ref';
import { describeObject, joinList, joinSome } from '@/lib/plane/model/text';
import type { ObservabilityTarget } from '@/lib/plane/related/related-resources';
import { type AgentCode, agentConsequences } from './agent-consequences';
import type { EditEffect } from './edit-effect';

type EditCode =
  | AgentCode
  | 'secret-missing'
  | 'affects-users'
  | 'users-unknown'
  | 'changes-gateway'
  | 'changes-observability';
export type EditConsequence = Consequence<EditCode>;

/**
 * Returns what an edit of a plane does to its agents, its siblings, and the Environments, workflows and planes that use
 * it, worst first. A change without consequences has none. What isn't known is said, and never counts as harmless.
 */
export function editConsequences(effect: EditEffect): EditConsequence[] {
  const ofAgent = agentConsequences(effect);
  // Joining siblings says itself what they mean for users.
  const mayLoseCluster = ofAgent.some((item) => item?.weight === 'harm' && item.code !== 'joins-siblings');
  return worstFirst<EditCode>([
    ...ofAgent,
    ...missingOnce(effect.missingSecrets).map(({ label, keyOnly, ...secret }) =>
      consequence(
        'secret-missing',
        'harm',
        `${keyText(secret, keyOnly)}. Until it does, the control plane has no ${label}, and can't use this cluster.`,
      ),
    ),
    ...(mayLoseCluster ? userConsequences(effect) : []),
    gatewayConsequence(effect),
    observabilityConsequence(effect),
  ]);
}

/** Reports one missing Secret once, however many credentials it should hold. */
function missingOnce(secrets: EditEffect['missingSecrets']): EditEffect['missingSecrets'] {
  type Missing = EditEffect['missingSecrets'][number];
  const groups = new Map<string, [Missing, ...Missing[]]>();
  for (const secret of secrets) {
    const { namespace, name, key, keyOnly } = secret;
    const id = JSON.stringify([namespace, name, keyOnly ? key : null]);
    const group = groups.get(id);
    if (group) group.push(secret);
    else groups.set(id, [secret]);
  }
  return [...groups.values()].map((group) => {
    const labels = group.map(({ label }) => label);
    return { ...group[0], label: joinList(labels, 'or') };
  });
}

/** Says that a Secret or its key doesn't exist, without the final period. */
export function keyText(
  { namespace, name, key }: { readonly namespace: string; readonly name: string; readonly key: string },
  keyOnly: boolean,
): string {
  return keyOnly
    ? `Secret ${namespace}/${name} has no key ${key}`
    : `Secret ${namespace}/${name} doesn't exist`;
}

const USES: Record<string, string> = {
  data: 'nothing can be deployed there',
  build: 'nothing can be built there',
  workflow: 'no workflow can run there',
  observability: 'no logs, metrics or traces can be read from it',
};

function userConsequences({ before, referrers, referrersUnknown }: EditEffect): (EditConsequence | null)[] {
  const { kind } = before.plane;
  const stops = USES[kindOfName(kind)?.role ?? ''] ?? "it can't be used";
  const byDefault = referrers.filter(({ via }) => via === 'default').length;
  const reason = byDefault === 0 ? '' : ` (${byDefault} by default, because its name is default)`;
  const users =
    referrers.length === 1 ? 'One object uses this plane' : `${referrers.length} objects use this plane`;
  return [
    referrers.length === 0
      ? null
      : consequence(
          'affects-users',
          'harm',
          `${users}${reason}. While the control plane can't reach its cluster, ${stops}. What already runs in its cluster keeps running.`,
          referrers,
        ),
    unknownUsers(referrersUnknown),
  ];
}

function unknownUsers(kinds: readonly string[]): EditConsequence | null {
  if (kinds.length === 0) return null;
  const names = joinList(kinds.map((kind) => `${kind}s`));
  return consequence(
    'users-unknown',
    'note',
    `Not all ${names} could be listed, so others may use this plane too.`,
  );
}

/** Environments take the addresses of their endpoints from the data plane's gateway. */
function gatewayConsequence({
  gatewayPaths,
  referrers,
  referrersUnknown,
}: EditEffect): EditConsequence | null {
  if (gatewayPaths.length === 0) return null;
  const environments = referrers.filter(({ kind }) => kind === 'Environment');
  const fields = joinSome(
    gatewayPaths.map((path) => path.join('.')),
    4,
  );
  const count = environments.length;
  const users =
    count === 0
      ? referrersUnknown.includes('Environment')
        ? 'Environments that use this plane'
        : 'Environments that will use this plane'
      : count === 1
        ? 'The Environment that uses this plane'
        : `The ${count} Environments that use this plane`;
  return consequence(
    'changes-gateway',
    count > 0 || referrersUnknown.includes('Environment') ? 'harm' : 'note',
    `${users} ${count === 1 ? 'takes' : 'take'} gateway and host names from ${fields}. Addresses in use may stop working once the change is applied there.`,
    environments,
  );
}

function observabilityConsequence({ before, after }: EditEffect): EditConsequence | null {
  const [old, now] = [before.observability, after.observability];
  const [from, to] = [targetText(old), targetText(now)];
  if (from === to || now.via === 'not-applicable') return null;
  const instead = from === null ? '' : `, instead of ${from}`;
  if (to === null)
    return consequence(
      'changes-observability',
      'note',
      `This plane will use no observability plane${instead}, because it names none and none is named default.`,
    );
  const byDefault = now.via === 'default' ? ' by default' : '';
  const text = `This plane will use ${to}${byDefault}${instead}.`;
  if (now.state === 'missing') {
    // A reference may be written before its target. It is harm only if something that works is replaced.
    const weight = old.state === 'found' ? 'harm' : 'note';
    return consequence('changes-observability', weight, `${text} It doesn't exist, so nothing is observed.`);
  }
  const unseen = now.state === 'not-visible' ? " You can't see whether it exists." : '';
  return consequence('changes-observability', 'note', `${text}${unseen}`);
}

function targetText({ target }: ObservabilityTarget): string | null {
  return target ? refText(target) : null;
}

/** Names a plane within a sentence. */
export function refText({ kind, namespace, name }: ObjectRef): string {
  return describeObject(kindOfName(kind)?.label.toLowerCase() ?? kind, { namespace, name });
}
