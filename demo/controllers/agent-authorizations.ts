import type { AgentConnection } from '@/demo/gateway/agent-registry';
import type { ClientCa, Verdict } from '@/demo/gateway/client-ca';

/**
 * The verdicts of planes on connected agents. As in the gateway, a verdict stays for as long as the agent is connected:
 * a changed Secret or an expired certificate doesn't revoke a live connection. Only `revalidate` asks a plane again.
 */
export class AgentAuthorizations {
  private readonly byAgent = new WeakMap<AgentConnection, Map<string, Verdict>>();

  /**
   * @param uid the plane's
   * @param ca the plane's current CA, which decides if the plane hasn't seen this agent yet
   */
  verdict(agent: AgentConnection, uid: string, ca: ClientCa): Verdict {
    const verdicts = this.of(agent);
    const known = verdicts.get(uid);
    if (known) return known;
    const verdict = ca.verify(agent.certificate, Date.now());
    verdicts.set(uid, verdict);
    return verdict;
  }

  /** Makes a plane reject connected agents until they connect again. */
  reject(agents: readonly AgentConnection[], uid: string, reason: string): void {
    for (const agent of agents) this.of(agent).set(uid, { accepted: false, reason });
  }

  /** Drops a plane's verdicts on these agents, so that the plane's current CA decides about them. */
  revalidate(agents: readonly AgentConnection[], uid: string): void {
    for (const agent of agents) this.byAgent.get(agent)?.delete(uid);
  }

  private of(agent: AgentConnection): Map<string, Verdict> {
    const verdicts = this.byAgent.get(agent) ?? new Map<string, Verdict>();
    this.byAgent.set(agent, verdicts);
    return verdicts;
  }
}
