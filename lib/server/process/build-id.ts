import 'server-only';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { processSlot } from './process-slot';

/**
 * Returns the id of the running build, or `development` without a build. A page loaded from another build should
 * reload itself.
 */
export function buildId(): string {
  return processSlot('build-id', () => {
    try {
      // The server runs in the folder of its bundle, where Next itself needs the file.
      return readFileSync(
        join(/* turbopackIgnore: true */ process.cwd(), '.next', 'BUILD_ID'),
        'utf8',
      ).trim();
    } catch {
      return 'development';
    }
  });
}
