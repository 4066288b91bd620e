import type { Role } from '@/lib/plane/model/kinds';

/** The first two numbers of a chart's version. They decide which settings the chart has. */
export interface ChartRelease {
  readonly major: number;
  readonly minor: number;
}

/** The newest release whose charts are known. A newer chart may require more. */
const NEWEST_KNOWN = '1.2';
/** Before this release, the charts take other values. */
const OLDEST_KNOWN = '0.9';
/** Where the charts of all releases before 1.3 are published, and where those since are. */
const REPOSITORIES = {
  before: 'oci://ghcr.io/openchoreo/helm-charts',
  since: 'oci://cr.openchoreo.dev/openchoreo/helm-charts',
} as const;
const MOVED_IN = '1.3';

/** Returns the release of a chart's version, such as `v1.2.3-rc.1`, or null if it isn't one. */
export function chartReleaseOf(version: string): ChartRelease | null {
  const [, major, minor] = /^v?(\d+)\.(\d+)\.\d+/.exec(version.trim()) ?? [];
  return major === undefined || minor === undefined ? null : { major: Number(major), minor: Number(minor) };
}

/** Compares a release with one such as `1.2`. Development builds are published as 0.0, and are the newest. */
export function isSince(release: ChartRelease, since: string): boolean {
  if (isDevelopment(release)) return true;
  const [major = 0, minor = 0] = since.split('.').map(Number);
  return release.major > major || (release.major === major && release.minor >= minor);
}

function isDevelopment({ major, minor }: ChartRelease): boolean {
  return major === 0 && minor === 0;
}

/** Returns whether a chart is newer than those whose settings are known. */
export function isNewerThanKnown(release: ChartRelease): boolean {
  if (isDevelopment(release)) return true;
  const [major = 0, minor = 0] = NEWEST_KNOWN.split('.').map(Number);
  return release.major > major || (release.major === major && release.minor > minor);
}

/** Returns why no chart of this role has this version, in a sentence, or null. */
export function releaseProblem(role: Role, release: ChartRelease): string | null {
  if (!isSince(release, OLDEST_KNOWN))
    return `Charts before ${OLDEST_KNOWN} take other values. See the documentation of your release.`;
  if (role === 'build' && isSince(release, '1.0'))
    return 'Release 1.0 replaced build planes with workflow planes. Enter a version before 1.0.';
  if (role === 'workflow' && !isSince(release, '1.0'))
    return 'Workflow planes exist since release 1.0. Enter a newer version.';
  return null;
}

/** Returns where the charts of a release are published; null (an unknown release) counts as the newest known. */
export function chartRepository(release: ChartRelease | null): string {
  return release !== null && isSince(release, MOVED_IN) ? REPOSITORIES.since : REPOSITORIES.before;
}
