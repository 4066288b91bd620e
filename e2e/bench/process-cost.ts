import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The resources that one process uses. */
export interface ProcessCost {
  /** Resident memory in bytes. */
  readonly residentBytes: number;
  /** Processor time since the process started, in seconds. */
  readonly cpuSeconds: number;
}

/** Reads a process's resources from `ps`, which works on Linux and macOS. Throws if the process has ended. */
export function processCost(pid: number): ProcessCost {
  const [rss, time] = execFileSync('ps', ['-o', 'rss=,time=', '-p', String(pid)], { encoding: 'utf8' })
    .trim()
    .split(/\s+/);
  if (rss === undefined || time === undefined) throw new Error(`Process ${pid} no longer exists.`);
  return { residentBytes: Number(rss) * 1024, cpuSeconds: parseCpuTime(time) };
}

/** Reads the most memory that a process was ever resident with, in bytes; NaN where the system doesn't keep it. */
export function peakBytes(pid: number): number {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) * 1024;
  } catch {
    return Number.NaN;
  }
}

/** Converts `[[days-]hours:]minutes:seconds[.fraction]` to seconds. */
function parseCpuTime(time: string): number {
  const [clock = '', days = '0'] = time.split('-').toReversed();
  const seconds = clock.split(':').reduce((total, part) => total * 60 + Number(part), 0);
  return Number(days) * 86_400 + seconds;
}
