import { spawnSync } from 'node:child_process';

/**
 * Installs Debian packages, provided that this machine has apt and this user may.
 *
 * @returns whether it worked
 */
export function installDebianPackages(names: readonly string[]): boolean {
  if (spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) return false;
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const run = (...command: string[]) => {
    const [program, ...args] = [...asRoot, ...command];
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    return spawnSync(program ?? '', args, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0;
  };
  return (
    run('apt-get', 'update', '-qq') &&
    run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...names)
  );
}
