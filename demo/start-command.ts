import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from '@/lib/zod';

const manifestSchema = z.object({ scripts: z.object({ start: z.string().startsWith('node ') }) });

/**
 * The arguments with which `npm start` calls Node, so that the demo, the tests and the benchmark start the very same
 * server without npm in between (which would stand between it and signals).
 */
export function startArguments(): string[] {
  const manifest = readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8');
  return manifestSchema.parse(JSON.parse(manifest)).scripts.start.split(' ').slice(1);
}
