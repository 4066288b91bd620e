import type { GitPatch } from '@/lib/plane/edit/git-patch';
import type { JsonObject } from '@/lib/plane/json/json';
import { yamlDocuments } from '@/lib/plane/json/yaml-text';

/** Returns objects as one YAML file, in the order to apply them. Lines are never folded. */
export function manifestYaml(objects: readonly JsonObject[]): string {
  return yamlDocuments(objects);
}

/** Returns a change for git as YAML. Removals come first, as comments, because a manifest can't express them. */
export function gitPatchYaml({ manifest, removed }: GitPatch): string {
  const comments = removed.map((path) => `# Remove: ${path.join('.')}\n`).join('');
  return comments + manifestYaml([manifest]);
}
