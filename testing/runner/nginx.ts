import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { unpackDebianPackage } from './debian-packages';

const unpacked = join(import.meta.dirname, '..', '..', '.cache', 'nginx');
/** Where nginx may be: installed on this machine, or unpacked for the tests. */
const PROGRAMS = ['nginx', '/usr/sbin/nginx', join(unpacked, 'usr', 'sbin', 'nginx')];

/**
 * Returns the path of nginx. If this machine has none, unpacks Debian's package into `.cache`.
 *
 * @throws one sentence that says what to do
 */
export function ensureNginx(say: (line: string) => void): string {
  const found = () =>
    PROGRAMS.find((program) => spawnSync(program, ['-v'], { stdio: 'ignore' }).status === 0);
  const known = found();
  if (known !== undefined) return known;
  say('nginx not found. Unpacking the Debian package "nginx" into .cache…');
  rmSync(unpacked, { recursive: true, force: true });
  unpackDebianPackage('nginx', unpacked);
  const program = found();
  if (program === undefined) throw new Error('A test needs nginx. Install it, then try again.');
  return program;
}
