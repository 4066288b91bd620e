import { get } from 'node:http';
import { createGunzip } from 'node:zlib';
import type { Arrival } from './plain-list';

/** Reads the snapshot that the fleet page requests, until its last part has arrived. Nothing is parsed. */
export function pageSnapshot(url: string): Promise<Arrival> {
  const startedAtMs = performance.now();
  return new Promise((resolve, reject) => {
    const request = get(
      `${url}/api/planes/stream?format=columns`,
      { headers: { accept: 'text/event-stream', 'accept-encoding': 'gzip' }, agent: false },
      (response) => {
        let [bytes, text] = [0, ''];
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
        });
        const plain = response.pipe(createGunzip());
        plain.on('data', (chunk: Buffer) => {
          const frames = (text + chunk.toString('latin1')).split('\n\n');
          text = frames.pop() ?? '';
          // Only the frame of the last part has an id.
          if (!frames.some((frame) => frame.startsWith('event: part\nid: '))) return;
          request.destroy();
          resolve({ tookMs: performance.now() - startedAtMs, bytes });
        });
        plain.on('error', () => {});
        response.on('error', () => {});
      },
    );
    request.on('error', reject);
  });
}
