import { type Consequence, consequence, type Weight } from '@/lib/plane/consequences/consequence';
import { rejectionText } from '@/lib/plane/credentials/ca-check';
import { type CredentialPurpose, isSignIn, PURPOSE_LABELS } from '@/lib/plane/model/credential-purpose';
import type { ObjectRef } from '@/lib/plane/model/object-ref';
import { joinList } from '@/lib/plane/model/text';
import type { AccessChange, CaChange, EditEffect } from './edit-effect';

export type AgentCode =
  | 'changes-plane-id'
  | 'joins-siblings'
  | 'leaves-siblings'
  | 'rejects-agent'
  | 'may-reject-agent'
  | 'siblings-keep-agent'
  | 'disables-agent'
  | 'enables-agent'
  | 'changes-api-server'
  | 'changes-server-ca'
  | 'changes-sign-in';
type AgentConsequence = Consequence<AgentCode>;

/** Returns what an edit does to the plane's connection: its agents, or the control plane's direct access. */
export function agentConsequences(effect: EditEffect): (AgentConsequence | null)[] {
  const { before, after } = effect;
  const [was, willBe] = [before.plane.connection, after.plane.connection];
  if (was === 'agent' && willBe === 'direct') return [agentDisabled(effect)];
  if (was === 'direct' && willBe === 'agent') return [agentEnabled(effect)];
  if (willBe === 'direct') return [apiServerChanged(effect), ...accessChanged(effect)];
  return [...planeIdConsequences(effect), ...caConsequences(effect)];
}

/** Whether an agent is or may be connected: only a report that none is makes the loss of it harmless. */
function weightOf({ connectedAgents }: EditEffect): Weight {
  return connectedAgents === 0 ? 'note' : 'harm';
}

/** Names the agents at the beginning of a sentence, in the singular. */
function agentText({ connectedAgents: count }: EditEffect): string {
  if (count === null) return 'An agent that is connected';
  if (count === 0) return 'An agent with the present certificate';
  return count === 1 ? 'The connected agent' : `Each of the ${count} connected agents`;
}

function planeIdConsequences(effect: EditEffect): (AgentConsequence | null)[] {
  const { before, after } = effect;
  const [from, to] = [before.plane.planeID, after.plane.planeID];
  if (from === to || from === null || to === null) return [];
  const joined = after.siblings.length;
  return [
    consequence('changes-plane-id', weightOf(effect), planeIdText(effect, from, to)),
    joined === 0
      ? null
      : consequence(
          'joins-siblings',
          'harm',
          `${countText(joined, 'other plane has', 'other planes have')} the planeID ${to}. This plane will represent the same cluster, and use its agent if this plane's CA verifies it.`,
          explicit(after.siblings),
        ),
    before.siblings.length === 0
      ? null
      : consequence(
          'leaves-siblings',
          'note',
          `${countText(before.siblings.length, 'other plane keeps', 'other planes keep')} the planeID ${from} and its agent.`,
          explicit(before.siblings),
        ),
  ];
}

function planeIdText(effect: EditEffect, from: string, to: string): string {
  const { lostPlaneId } = effect;
  if (lostPlaneId?.planeID === to && effect.connectedAgents === 0)
    return lostPlaneId.wasConnected === true
      ? `The agent that was connected before planeID was changed uses the planeID ${to}, so it can connect again.`
      : `An agent that still uses the planeID ${to} can connect again.`;
  const { siblings } = effect.before;
  // The other planes that have the new planeID have an agent with it.
  const joined = effect.after.siblings.length;
  const agent = `${agentText(effect)} uses the planeID ${from}`;
  const waiting = joined > 0 ? '' : ` This plane has no agent until one connects with the planeID ${to}.`;
  // Moving the agent would take it from the other planes, or into the place of another cluster's.
  if (siblings.length > 0) return `${agent} and stays with the other planes that have it.${waiting}`;
  if (joined > 0) return `${agent}, so it will no longer serve this plane.`;
  const remedy = `Set clusterAgent.planeID to ${to} in the values of the agent's chart, and upgrade the release.`;
  return effect.connectedAgents === 0
    ? `No agent connects to this plane until one uses the planeID ${to}. ${remedy}`
    : `${agent}, so it will be rejected until it uses the planeID ${to}. ${remedy}`;
}

function caConsequences(effect: EditEffect): (AgentConsequence | null)[] {
  const { ca, caCheck, connectedAgents } = effect;
  const { plane, siblings } = effect.before;
  if (ca.state === 'compatible') return [];
  const rejection = rejectionText(connectedAgents === 0 ? 'no-agent' : caCheck, agentText(effect));
  const weight = weightOf(effect);
  const isUnknown = ca.state === 'unknown';
  return [
    consequence(isUnknown ? 'may-reject-agent' : 'rejects-agent', weight, caText(ca, rejection)),
    siblings.length === 0
      ? null
      : consequence(
          'siblings-keep-agent',
          'note',
          `${countText(siblings.length, 'other plane shares', 'other planes share')} the planeID ${plane.planeID ?? ''}. Each of them verifies agents with its own CA, and keeps an agent that it accepts.`,
          explicit(siblings),
        ),
  ];
}

function caText(ca: Exclude<CaChange, { state: 'compatible' }>, rejection: string): string {
  switch (ca.state) {
    case 'removed':
      return `This plane will have no CA, so the gateway accepts no agent for it until you set one. ${rejection}`;
    case 'missing': {
      const { namespace, name, key } = ca.secret;
      const problem = ca.keyOnly ? `has no key ${key}` : "doesn't exist";
      return `Secret ${namespace}/${name} ${problem}. Until you add it, the gateway accepts no agent for this plane. ${rejection}`;
    }
    case 'unknown':
      return `Secret ${ca.secret.namespace}/${ca.secret.name} can't be read with your permissions, so it isn't known whether its CA verifies the agent. If it doesn't: ${rejection}`;
    case 'dropped': {
      const isAll = ca.dropped === ca.of;
      const what = isAll
        ? 'None of the certificates that verify agents now are kept.'
        : `${ca.dropped} of the ${ca.of} certificates that verify agents now ${ca.dropped === 1 ? 'is' : 'are'} removed.`;
      const condition = isAll ? '' : 'If it relies on a removed one: ';
      return `${what} ${condition}${rejection} It will be rejected until it uses a certificate that the new CA verifies.`;
    }
  }
}

function agentDisabled(effect: EditEffect): AgentConsequence {
  const agent =
    effect.connectedAgents === 0
      ? 'The control plane no longer uses an agent for this plane.'
      : `${agentText(effect)} is no longer used.`;
  const { apiServerUrl } = effect.after;
  return consequence(
    'disables-agent',
    'harm',
    apiServerUrl === null
      ? `${agent} This plane will have no direct access either, so the control plane can't reach its cluster.`
      : `${agent} The control plane will connect to ${apiServerUrl} directly, and nothing reports whether that works.`,
  );
}

function agentEnabled({ before }: EditEffect): AgentConsequence {
  const { apiServerUrl } = before;
  const access = apiServerUrl === null ? '' : ` to ${apiServerUrl}`;
  return consequence(
    'enables-agent',
    'harm',
    `The control plane no longer connects${access} directly. It can't reach the cluster until an agent connects.`,
  );
}

function apiServerChanged({ before, after }: EditEffect): AgentConsequence | null {
  const [from, to] = [before.apiServerUrl, after.apiServerUrl];
  if (from === to) return null;
  return consequence(
    'changes-api-server',
    'harm',
    to === null
      ? `The control plane no longer connects to ${from}, and can't reach the cluster until you set another address.`
      : `The control plane will connect to ${to}${from === null ? '' : ` instead of ${from}`}. If that is another cluster, nothing moves there from the current one.`,
  );
}

/** Whether the new material fits the cluster shows only once the control plane uses it. */
function accessChanged({ access }: EditEffect): (AgentConsequence | null)[] {
  const ca = access.changed.find(({ purpose }) => purpose === 'server-ca');
  return [
    ca
      ? consequence(
          'changes-server-ca',
          'harm',
          ca.isRemoved
            ? "The control plane will have no API server CA. It can't reach the cluster unless the API server's certificate is publicly trusted."
            : "The control plane will accept only an API server that the new API server CA verifies. If it doesn't verify this cluster's, the control plane can't reach the cluster.",
        )
      : null,
    signInChanged(access),
  ];
}

function signInChanged({ changed, signInAfter }: AccessChange): AgentConsequence | null {
  const signIn = changed.filter(({ purpose }) => isSignIn(purpose));
  if (signIn.length === 0) return null;
  const old = `the present ${namesOf(signIn.map(({ purpose }) => purpose))}`;
  const text =
    signInAfter.length === 0
      ? `The control plane no longer signs in with ${old}, and has nothing else to sign in with. The cluster most likely rejects it.`
      : signIn.every(({ isRemoved }) => isRemoved)
        ? `The control plane will sign in with the ${namesOf(signInAfter)} instead of ${old}. If the cluster rejects that, the control plane can't use it.`
        : `The control plane no longer signs in with ${old}. If the cluster rejects the new credentials, the control plane can't use it.`;
  return consequence('changes-sign-in', 'harm', text);
}

function namesOf(purposes: readonly CredentialPurpose[]): string {
  return joinList(purposes.map((purpose) => PURPOSE_LABELS[purpose]));
}

function countText(count: number, one: string, more: string): string {
  return count === 1 ? `One ${one}` : `${count} ${more}`;
}

/** Siblings refer to no one. As affected objects they are only named. */
function explicit(planes: readonly ObjectRef[]) {
  return planes.map((plane) => ({ ...plane, via: 'explicit' as const }));
}
