import { release03 } from '@/demo/crds/profiles/release-0.3';
import { release07 } from '@/demo/crds/profiles/release-0.7';
import { release016 } from '@/demo/crds/profiles/release-0.16';
import { release1 } from '@/demo/crds/profiles/release-1';
import { type CustomResourceDefinition, customResourceDefinition, type KindDefinition } from './definition';

/** The releases of the plane API that the demo can serve, oldest first. */
export const RELEASES = ['0.3', '0.7', '0.16', '1.0', '1.2'] as const;
export type Release = (typeof RELEASES)[number];
export const DEFAULT_RELEASE: Release = '1.2';

const PROFILES: Record<Release, () => KindDefinition[]> = {
  '0.3': release03,
  '0.7': release07,
  '0.16': release016,
  '1.0': () => release1({ finOps: false }),
  '1.2': () => release1({ finOps: true }),
};

/** Whether a text names a release that the demo can serve. */
export function isRelease(text: string): text is Release {
  return RELEASES.some((release) => release === text);
}

/** The CustomResourceDefinitions of a release: its plane kinds, Environment, and workflows where it has them. */
export function crdsOf(release: Release): CustomResourceDefinition[] {
  return PROFILES[release]().map(customResourceDefinition);
}
