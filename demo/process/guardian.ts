import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

let guardian: ChildProcess | undefined;

/**
 * Puts a process group under guard: should this process die without having ended it, the guardian does. One guardian
 * serves the whole process; it is started with the first group.
 *
 * @param pid the leader of the group, which is what a child started with `detached` is
 */
export function guard(pid: number): void {
  send(`add ${pid}`);
}

/** The group has ended; its id may be given to somebody else from now on. */
export function unguard(pid: number): void {
  send(`remove ${pid}`);
}

function send(line: string): void {
  guardian ??= startGuardian();
  guardian.stdin?.write(`${line}\n`);
}

function startGuardian(): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'guardian-process.mjs')], {
    // Its own group, so that what ends this process's group does not end the guardian too.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    windowsHide: true,
  });
  // A broken pipe means that somebody ended the guardian; the next line starts a new one.
  child.stdin?.on('error', () => {});
  child.on('exit', () => {
    guardian = undefined;
  });
  child.unref();
  const { stdin } = child;
  if (stdin && 'unref' in stdin && typeof stdin.unref === 'function') stdin.unref();
  return child;
}
