import { busyText, MachineLoad } from './machine-load';

/** The value below which the given share (0 to 1) of the samples is; NaN without samples. */
function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** The median of the samples. */
export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}

/** Formats the median and the 95th percentile of durations. */
export function formatSpread(samplesMs: readonly number[]): string {
  return `p50 ${formatMs(median(samplesMs))}, p95 ${formatMs(percentile(samplesMs, 0.95))}`;
}

/** Formats milliseconds for a table. */
export function formatMs(ms: number): string {
  return Number.isNaN(ms) ? 'not measured' : `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

/** Formats bytes for a table, in units of 1,000. */
export function formatBytes(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

const load = new MachineLoad();

/** Starts a section of the report: what others used of the processors before it counts for none of its rows. */
export function section(title: string): void {
  console.log(`\n== ${title} ==`);
  load.takeForeignCores();
}

/** Prints one line of the report, with what others used of the processors since the line before. */
export function row(label: string, value: string): void {
  console.log(`${label.padEnd(46)} ${value}${busyText(load.takeForeignCores())}`);
}
