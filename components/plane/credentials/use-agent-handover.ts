'use client';

import { useState } from 'react';
import { tickNowMs } from '@/lib/client/feed/tick';
import { type AgentWatch, NOTHING_SEEN, withSight } from '@/lib/plane/credentials/agent-handover';
import type { Plane } from '@/lib/plane/model/plane';

/** What every status of a plane has said of its agents since this component is there. */
export function useAgentWatch({ agent }: Plane): AgentWatch {
  const [watch, setWatch] = useState<AgentWatch>(NOTHING_SEEN);
  const [seen, setSeen] = useState<Plane['agent'] | null>(null);
  if (seen !== agent) {
    setSeen(agent);
    setWatch(withSight(watch, agent, tickNowMs()));
  }
  return watch;
}
