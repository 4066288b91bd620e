'use client';

import { useState } from 'react';
import { tickNowMs } from '@/lib/client/feed/tick';
import { type AgentHandover, NO_OBSERVATIONS, withObservation } from '@/lib/plane/credentials/agent-handover';
import type { Plane } from '@/lib/plane/model/plane';

/** What every status of a plane has said of its agents since this component is there. */
export function useAgentHandover({ agent }: Plane): AgentHandover {
  const [watch, setWatch] = useState<AgentHandover>(NO_OBSERVATIONS);
  const [seen, setSeen] = useState<Plane['agent'] | null>(null);
  if (seen !== agent) {
    setSeen(agent);
    setWatch(withObservation(watch, agent, tickNowMs()));
  }
  return watch;
}
