import { spawnSync } from 'node:child_process';

/**
 * Returns the paths of the files that changed since a commit, uncommitted and new ones included.
 *
 * @throws Error when Git doesn't know the commit
 */
export function changedFiles(root: string, since: string): string[] {
  const changed = git(root, ['diff', '--name-only', since]);
  const added = git(root, ['ls-files', '--others', '--exclude-standard']);
  return [...new Set([...changed, ...added])].toSorted();
}

/** Returns the paths of all files that Git tracks. */
export function trackedFiles(root: string): string[] {
  return git(root, ['ls-files']);
}

function git(root: string, args: readonly string[]): string[] {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args.join(' ')} failed: ${stderr.trim()}`);
  return stdout.split('\n').filter((line) => line !== '');
}
