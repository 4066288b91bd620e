'use client';

import { useState } from 'react';
import type { Plane } from '@/lib/plane/plane';
import { tickNowMs } from '../tick';
import { type AgentWatch, NOTHING_SEEN, withSight } from './agent-watch';

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
