/**
 * The guardian: a process that outlives its parent briefly. It reads from a pipe to the parent. When the pipe closes,
 * even by a crash or SIGKILL of the parent, it ends every process group that the parent has registered.
 *
 * Lines on standard input: `add <pid>` and `remove <pid>`.
 */
import { createInterface } from 'node:readline';

const GRACE_MS = 3_000;
const POLL_MS = 50;
const pids = new Set();

// A signal to the terminal's whole process group must not end the guardian before its work.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const [verb, text] = line.split(' ');
  const pid = Number(text);
  if (!Number.isInteger(pid) || pid <= 1) return;
  if (verb === 'add') pids.add(pid);
  if (verb === 'remove') pids.delete(pid);
});

lines.on('close', () => {
  signalAll('SIGTERM');
  const deadlineMs = Date.now() + GRACE_MS;
  // The processes are no children of this one, so their end raises no event here.
  setInterval(() => {
    for (const pid of pids) if (!signalGroup(pid, 0)) pids.delete(pid);
    if (pids.size === 0) process.exit(0);
    if (Date.now() > deadlineMs) {
      signalAll('SIGKILL');
      process.exit(0);
    }
  }, POLL_MS);
});

function signalAll(signal) {
  for (const pid of pids) signalGroup(pid, signal);
}

/** Signals a process group, or only the process if it leads no group. Returns false if it has ended. */
function signalGroup(pid, signal) {
  for (const target of process.platform === 'win32' ? [pid] : [-pid, pid]) {
    try {
      process.kill(target, signal);
      return true;
    } catch {
      // Gone, or not a group: tries the next target.
    }
  }
  return false;
}
