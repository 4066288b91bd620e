'use client';

import { useEffect, useState } from 'react';
import { type PlaneEvent, type PlaneEventsFrame, planeEventsFrameSchema } from '@/lib/api/related';
import { STREAM_TIMEOUT_MS } from '@/lib/api/stream';
import { retryDelayMs } from '@/lib/client/api/api-request';
import { type PlaneIdentity, planeApiPath } from '@/lib/plane/model/plane-path';

/** A plane's Kubernetes Events as the page has them. */
export interface PlaneEvents {
  /** `connecting` until the first frame; `lost`: the events are the last ones known. */
  readonly state: PlaneEventsFrame['state'] | 'connecting';
  /** Newest first. */
  readonly events: readonly PlaneEvent[];
}

const CONNECTING: PlaneEvents = { state: 'connecting', events: [] };

/** The Events of a plane, live while the component is mounted. A broken stream is opened again; the last events stay meanwhile. */
export function usePlaneEvents(identity: PlaneIdentity, active: boolean): PlaneEvents {
  const [latest, setLatest] = useState<PlaneEvents>(CONNECTING);
  const path = `${planeApiPath(identity)}/events`;
  useEffect(() => {
    if (!active) return;
    return follow(path, {
      onFrame: setLatest,
      onLost: () =>
        setLatest((before) => (before.state === 'not-visible' ? before : { ...before, state: 'lost' })),
    });
  }, [path, active]);
  return latest;
}

interface Handlers {
  readonly onFrame: (frame: PlaneEventsFrame) => void;
  readonly onLost: () => void;
}

/** Follows the stream until the returned function is called. */
function follow(path: string, { onFrame, onLost }: Handlers): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  const restartWatchdog = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => {
      onLost();
      source?.close();
      open();
    }, STREAM_TIMEOUT_MS);
  };
  const open = () => {
    clearTimeout(timer);
    source = new EventSource(path);
    restartWatchdog();
    source.addEventListener('keepalive', restartWatchdog);
    source.addEventListener('events', ({ data }) => {
      restartWatchdog();
      const frame = planeEventsFrameSchema.safeParse(parseJson(data));
      if (!frame.success) return;
      failures = 0;
      onFrame(frame.data);
    });
    source.addEventListener('error', () => {
      onLost();
      // The browser reopens a broken connection itself; it gives up on an answer that isn't a stream.
      if (source?.readyState !== EventSource.CLOSED) return;
      clearTimeout(watchdog);
      timer = setTimeout(open, retryDelayMs(failures));
      failures += 1;
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    clearTimeout(watchdog);
    source?.close();
  };
}

function parseJson(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
