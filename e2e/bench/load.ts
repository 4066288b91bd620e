import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { processCost } from './process-cost';

/** The load of a server while many readers follow its feed. */
export interface LoadResult {
  readonly readers: number;
  /** The share of one processor core, 0 to 1. */
  readonly cpuShare: number;
  readonly residentBytes: number;
  /** The bytes that all readers together receive in a second. */
  readonly bytesPerSecond: number;
  readonly framesPerSecond: number;
}

/** A stream of the feed. */
export interface LoadStream {
  readonly url: string;
  /** What proves who reads it. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Opens `readers` streams, waits until all have their snapshot, then measures the server for `seconds`.
 *
 * @param streams which the readers are spread over
 */
export async function measureLoad(
  streams: readonly LoadStream[],
  serverPid: number,
  readers: number,
  seconds: number,
): Promise<LoadResult> {
  const stop = new AbortController();
  let bytes = 0;
  let frames = 0;
  const open = ({ url, headers }: LoadStream) =>
    new Promise<void>((resolve, reject) => {
      const request = get(
        url,
        // Like a browser, it requests compression, and the compressed bytes are measured.
        {
          headers: { accept: 'text/event-stream', 'accept-encoding': 'gzip', ...headers },
          signal: stop.signal,
          agent: false,
        },
        (response) => {
          if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}.`));
          response.on('data', (chunk: Buffer) => {
            bytes += chunk.length;
            frames += 1;
          });
          response.on('error', () => {});
          response.once('data', () => resolve());
        },
      );
      request.on('error', (error) => (stop.signal.aborted ? undefined : reject(error)));
    });
  try {
    for (let opened = 0; opened < readers; opened += 10) {
      const batch = Array.from({ length: Math.min(10, readers - opened) }, (_, index) => opened + index);
      await Promise.all(batch.map((reader) => open(streams[reader % streams.length] as LoadStream)));
    }
    // Snapshots that are still arriving don't belong to the steady state.
    await sleep(5000);
    const before = processCost(serverPid);
    const [bytesBefore, framesBefore, startedAtMs] = [bytes, frames, performance.now()];
    await sleep(seconds * 1000);
    const after = processCost(serverPid);
    const tookSeconds = (performance.now() - startedAtMs) / 1000;
    return {
      readers,
      cpuShare: (after.cpuSeconds - before.cpuSeconds) / tookSeconds,
      residentBytes: after.residentBytes,
      bytesPerSecond: (bytes - bytesBefore) / tookSeconds,
      framesPerSecond: (frames - framesBefore) / tookSeconds,
    };
  } finally {
    stop.abort();
  }
}
