'use client';

import { useEffect, useState } from 'react';
import { type PlaneEvent, type PlaneEventsFrame, planeEventsFrameSchema } from '@/lib/api/related';
import { EventStream } from '@/lib/client/feed/event-stream';
import { openInPage } from '@/lib/client/feed/page-stream';
import { type PlaneIdentity, planeApiPath } from '@/lib/plane/model/plane-path';

/** A plane's Kubernetes Events as the page has them. */
export interface PlaneEvents {
  /** `connecting` until the first frame, and again after a pause; `lost`: the events are the last ones known. */
  readonly state: PlaneEventsFrame['state'] | 'connecting';
  /** Newest first. */
  readonly events: readonly PlaneEvent[];
}

const CONNECTING: PlaneEvents = { state: 'connecting', events: [] };

/**
 * The Events of a plane, live while the component is mounted and its page isn't hidden: each stream costs a
 * connection and a watch of its own. A broken stream is opened again; the last events stay meanwhile.
 */
export function usePlaneEvents(identity: PlaneIdentity, active: boolean): PlaneEvents {
  const [latest, setLatest] = useState<PlaneEvents>(CONNECTING);
  const path = `${planeApiPath(identity)}/events`;
  useEffect(() => {
    if (!active) return;
    const keepWith = (state: 'connecting' | 'lost') =>
      setLatest((before) => (before.state === 'not-visible' ? before : { ...before, state }));
    const stream = new EventStream({
      url: () => path,
      events: ['events', 'keepalive'],
      onEvent: ({ event, text }) => {
        if (event === 'keepalive') return true;
        const frame = planeEventsFrameSchema.safeParse(parseJson(text));
        if (frame.success) setLatest(frame.data);
        return frame.success;
      },
      onLost: () => keepWith('lost'),
    });
    return openInPage(stream, { onPaused: () => keepWith('connecting') });
  }, [path, active]);
  return latest;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
