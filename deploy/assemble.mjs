import { cpSync, existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// `next build` omits the browser's files from the standalone bundle, because many sites serve them from a CDN.
// Planeboard's server serves them itself, so they are copied beside it.

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bundle = join(root, '.next', 'standalone');

if (!existsSync(join(bundle, 'server.js'))) {
  console.error('No standalone build found in .next/standalone. Run `next build` first.');
  process.exit(1);
}
for (const [from, to] of [
  [join(root, '.next', 'static'), join(bundle, '.next', 'static')],
  [join(root, 'public'), join(bundle, 'public')],
]) {
  rmSync(to, { recursive: true, force: true });
  if (existsSync(from)) cpSync(from, to, { recursive: true });
}
