import { stringify } from 'yaml';
import type { GitPatch } from '@/lib/plane/edit/git-patch';
import type { JsonObject } from '@/lib/plane/json/json';

/** Objects as one YAML file, in the order in which they are to be applied. Lines are never folded. */
export function manifestYaml(objects: readonly JsonObject[]): string {
  return objects.map((object) => stringify(object, { lineWidth: 0 })).join('---\n');
}

/** A change for git as YAML. What it removes comes first, as comments, since a manifest can't say it. */
export function gitPatchYaml({ manifest, removed }: GitPatch): string {
  const comments = removed.map((path) => `# Take away: ${path.join('.')}\n`).join('');
  return comments + manifestYaml([manifest]);
}
