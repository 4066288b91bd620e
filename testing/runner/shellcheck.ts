import { spawnSync } from 'node:child_process';
import { installDebianPackages } from './debian-packages';

/**
 * Ensures that ShellCheck exists. If it doesn't, installs Debian's package.
 *
 * @throws one sentence that says what to do
 */
export function ensureShellCheck(say: (line: string) => void): void {
  const isInstalled = () => spawnSync('shellcheck', ['--version'], { stdio: 'ignore' }).status === 0;
  if (isInstalled()) return;
  say('ShellCheck not found. Installing the Debian package "shellcheck"…');
  if (!installDebianPackages(['shellcheck']) || !isInstalled())
    throw new Error('A test needs ShellCheck. Install it, then try again.');
}

/** Returns the findings of ShellCheck about a script for bash, or an empty text. */
export function shellCheck(script: string): string {
  const { stdout, stderr } = spawnSync('shellcheck', ['--shell=bash', '-'], {
    input: script,
    encoding: 'utf8',
  });
  return stdout + stderr;
}
