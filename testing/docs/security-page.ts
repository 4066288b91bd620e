import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

export const REPOSITORY = join(import.meta.dirname, '..', '..');

export interface RbacRule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly verbs: readonly string[];
}

/** A manifest of the page. */
export interface RbacObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly rules?: readonly RbacRule[];
}

/** Returns the text of the security page. */
export function securityPage(): string {
  return readFileSync(join(REPOSITORY, 'docs', 'security.md'), 'utf8');
}

/**
 * Returns the manifests in the security page's YAML blocks.
 *
 * @throws Error for YAML that can't be parsed
 */
export function manifestsIn(page: string): RbacObject[] {
  return [...page.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].flatMap(([, yaml = '']) =>
    parseAllDocuments(yaml).map((document): RbacObject => {
      const [error] = document.errors;
      if (error) throw error;
      return document.toJS() as RbacObject;
    }),
  );
}
