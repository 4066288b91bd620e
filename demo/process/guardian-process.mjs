/**
 * A process of its own that outlives its parent by a moment: it holds one end of a pipe, and when the pipe closes,
 * however the parent went (a crash, SIGKILL), it ends every process group that the parent had told it of.
 *
 * Lines on standard input: `add <pid>` and `remove <pid>`.
 */
import { createInterface } from 'node:readline';

const GRACE_MS = 3_000;
const POLL_MS = 50;
const pids = new Set();

// A signal to the whole group of the terminal must not end the guardian before its work.
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
  // The processes are no children of this one, so their end is no event here.
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

/** Signals a process group, or the process where it leads none. False when it is gone. */
function signalGroup(pid, signal) {
  for (const target of process.platform === 'win32' ? [pid] : [-pid, pid]) {
    try {
      process.kill(target, signal);
      return true;
    } catch {
      // Gone, or not a group: the next form is tried.
    }
  }
  return false;
}
