import 'server-only';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { processSlot } from './process-slot';

/** Of the running version: a page that was loaded from another one should load itself again. `development` without a build. */
export function buildId(): string {
  return processSlot('build-id', () => {
    try {
      // The server runs in the folder of its bundle, and Next itself needs the file there.
      return readFileSync(
        join(/* turbopackIgnore: true */ process.cwd(), '.next', 'BUILD_ID'),
        'utf8',
      ).trim();
    } catch {
      return 'development';
    }
  });
}
