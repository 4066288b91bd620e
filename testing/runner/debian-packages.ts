import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Installs Debian packages, provided that this machine has apt and this user may.
 *
 * @returns whether it worked
 */
export function installDebianPackages(names: readonly string[]): boolean {
  return (
    hasApt() &&
    runAsRoot('apt-get', 'update', '-qq') &&
    runAsRoot('apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...names)
  );
}

/**
 * Unpacks a Debian package into a folder without installing it, so a server that it contains isn't started.
 *
 * @returns whether it worked
 */
export function unpackDebianPackage(name: string, folder: string): boolean {
  if (!hasApt()) return false;
  const download = mkdtempSync(join(tmpdir(), 'planeboard-deb-'));
  try {
    const fetched = () => run(['apt-get', 'download', '-qq', name], download);
    // The list of packages may be missing or old.
    if (!fetched() && !(runAsRoot('apt-get', 'update', '-qq') && fetched())) return false;
    const [file] = readdirSync(download);
    mkdirSync(folder, { recursive: true });
    return file !== undefined && run(['dpkg-deb', '--extract', join(download, file), folder], download);
  } finally {
    rmSync(download, { recursive: true, force: true });
  }
}

function hasApt(): boolean {
  return spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;
}

function runAsRoot(...command: string[]): boolean {
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  return run([...asRoot, ...command]);
}

function run([program = '', ...args]: readonly string[], cwd?: string): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'], env, cwd }).status === 0;
}
