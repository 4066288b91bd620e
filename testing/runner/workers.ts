import { availableParallelism, totalmem } from 'node:os';

const GIB = 1024 ** 3;
/** A control plane, a server and a browser together. */
const MEMORY_PER_WORKER = 2 * GIB;
const MOST_WORKERS = 2;

/** How many test files with a control plane run at once: two where processors and memory allow. */
export const WORKERS = Math.max(
  1,
  Math.min(MOST_WORKERS, availableParallelism(), Math.floor(totalmem() / (2 * MEMORY_PER_WORKER))),
);
