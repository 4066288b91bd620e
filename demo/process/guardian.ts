import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

let guardian: ChildProcess | undefined;

/**
 * Registers a process group with the guardian, which ends the group if this process dies first. The first call starts
 * the guardian; the whole process shares it.
 *
 * @param pid the group's leader, such as a child that was started with `detached`
 */
export function guard(pid: number): void {
  send(`add ${pid}`);
}

/** Unregisters a group that has ended, because the system may reuse its id. */
export function unguard(pid: number): void {
  send(`remove ${pid}`);
}

function send(line: string): void {
  guardian ??= startGuardian();
  guardian.stdin?.write(`${line}\n`);
}

function startGuardian(): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'guardian-process.mjs')], {
    // A separate group, so a signal to this process's group doesn't end the guardian.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    windowsHide: true,
  });
  // A broken pipe means that the guardian was killed. The next line starts a new one.
  child.stdin?.on('error', () => {});
  child.on('exit', () => {
    guardian = undefined;
  });
  child.unref();
  const { stdin } = child;
  if (stdin && 'unref' in stdin && typeof stdin.unref === 'function') stdin.unref();
  return child;
}
