import { execFileSync } from 'node:child_process';

/** What the operating system says of one process. */
export interface ProcessCost {
  /** Resident memory in bytes. */
  readonly residentBytes: number;
  /** Processor time used since the process began, in seconds. */
  readonly cpuSeconds: number;
}

/** Asks `ps`, which is there on Linux and macOS alike. Throws when the process is gone. */
export function processCost(pid: number): ProcessCost {
  const [rss, time] = execFileSync('ps', ['-o', 'rss=,time=', '-p', String(pid)], { encoding: 'utf8' })
    .trim()
    .split(/\s+/);
  if (rss === undefined || time === undefined) throw new Error(`Process ${pid} is gone.`);
  return { residentBytes: Number(rss) * 1024, cpuSeconds: parseCpuTime(time) };
}

/** `[[days-]hours:]minutes:seconds[.fraction]` in seconds. */
function parseCpuTime(time: string): number {
  const [clock = '', days = '0'] = time.split('-').toReversed();
  const seconds = clock.split(':').reduce((total, part) => total * 60 + Number(part), 0);
  return Number(days) * 86_400 + seconds;
}
