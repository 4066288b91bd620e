import type { Plane } from '@/lib/plane/model/plane';

/**
 * Returns whether a plane's status shows that an agent is connected or ever was. While any plane on a planeID does, no
 * text may say that no agent has ever connected with that planeID.
 */
export function hasReportedAgent({ agent }: Pick<Plane, 'agent'>): boolean {
  return (
    agent !== undefined &&
    (agent.connected ||
      [agent.lastHeartbeatTime, agent.lastConnectedTime, agent.lastDisconnectedTime].some(
        (time) => time !== undefined,
      ))
  );
}
