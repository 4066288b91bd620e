import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acquireLock, LockHeldError } from './file-lock';

/**
 * Below the ports that systems hand out themselves, from 32768 on Linux and 49152 elsewhere, so that no outgoing
 * connection takes a chosen port before its server listens.
 */
const FIRST_PORT = 20_000;
const PORT_COUNT = 12_000;
/** The locks of this user's processes on the ports they chose. */
const LOCKS = join(tmpdir(), `planeboard-ports-${process.getuid?.() ?? 'all'}`);

/**
 * Returns a port of the loopback interface that nothing listens on. It's reserved for this process as long as it lives:
 * no other caller, in this process or another, gets it before its server listens.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < PORT_COUNT; attempt += 1) {
    const port = FIRST_PORT + Math.floor(Math.random() * PORT_COUNT);
    if ((await reserve(port)) && (await isPortFree(port))) return port;
  }
  throw new Error('No free port found.');
}

/** Whether a port of the loopback interface is free right now. */
export async function isPortFree(port: number): Promise<boolean> {
  const probe = createServer();
  try {
    probe.listen(port, '127.0.0.1');
    await once(probe, 'listening');
    probe.close();
    await once(probe, 'close');
    return true;
  } catch {
    return false;
  }
}

async function reserve(port: number): Promise<boolean> {
  const path = join(LOCKS, String(port));
  try {
    await acquireLock(path);
    removeOnExit(path);
    return true;
  } catch (error) {
    if (error instanceof LockHeldError) return false;
    throw error;
  }
}

const reserved: string[] = [];

/** Removes this process's locks when it exits. A killed process leaves them until another one chooses the same port. */
function removeOnExit(path: string): void {
  if (reserved.length === 0)
    process.once('exit', () => {
      for (const lock of reserved) rmSync(lock, { force: true });
    });
  reserved.push(path);
}
