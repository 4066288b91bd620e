import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** Above this share of one core, other processes distort what is measured. */
const BUSY_CORES = 0.1;
/** The unit of processor times in /proc, on every Linux that Node supports. */
const TICKS_PER_SECOND = 100;
/** Shorter times have too few ticks to tell anything. */
const MIN_SECONDS = 1;

interface Sample {
  readonly atMs: number;
  /** Processor time of the whole machine, in ticks, also what a hypervisor took. */
  readonly machineTicks: number;
  /** Processor time of the benchmark and everything that it started, in ticks. */
  readonly ownTicks: number;
}

/**
 * What other processes take of the processors while something is measured. Known on Linux only: elsewhere, nothing
 * tells a run on a busy machine from one on a quiet one.
 */
export class MachineLoad {
  private last = sample();
  private foreignCores: number | null = null;

  /**
   * Returns how many cores others used since the last call, on average; null where it isn't known. Calls right after
   * each other return the same, because they report on the same time.
   */
  takeForeignCores(): number | null {
    const [before, after] = [this.last, sample()];
    if (!before || !after) return null;
    const seconds = (after.atMs - before.atMs) / 1000;
    if (seconds < MIN_SECONDS) return this.foreignCores;
    const foreignTicks = after.machineTicks - before.machineTicks - (after.ownTicks - before.ownTicks);
    this.last = after;
    this.foreignCores = Math.max(0, foreignTicks / TICKS_PER_SECOND / seconds);
    return this.foreignCores;
  }
}

/** Says that others used this many cores, or nothing if it was too little to matter. */
export function busyText(foreignCores: number | null): string {
  if (foreignCores === null || foreignCores < BUSY_CORES) return '';
  return `  (busy: others used ${foreignCores.toFixed(1)} of ${cpus().length} cores)`;
}

function sample(): Sample | null {
  try {
    return { atMs: performance.now(), machineTicks: machineTicks(), ownTicks: ownTicks() };
  } catch {
    return null;
  }
}

function machineTicks(): number {
  const [, ...fields] = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]?.split(/\s+/) ?? [];
  const [user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0, steal = 0] = fields.map(Number);
  return user + nice + system + irq + softIrq + steal;
}

/** Adds up this process and its descendants, those that have ended included. */
function ownTicks(): number {
  const processes = new Map<number, { readonly parent: number; readonly ticks: number }>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      // The name, in parentheses, may contain blanks.
      const fields = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      const [, parent = 0] = fields;
      const ticks = fields.slice(11, 15).reduce((sum, value) => sum + value, 0);
      processes.set(Number(entry), { parent, ticks });
    } catch {
      // It has ended since the folder was read.
    }
  }
  const isOwn = (pid: number): boolean => {
    if (pid === process.pid) return true;
    const parent = processes.get(pid)?.parent;
    return parent !== undefined && parent > 1 && isOwn(parent);
  };
  return [...processes].reduce((sum, [pid, { ticks }]) => (isOwn(pid) ? sum + ticks : sum), 0);
}
