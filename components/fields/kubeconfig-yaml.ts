import { parseAllDocuments } from 'yaml';

/** A kubeconfig of a thousand clusters with all certificates inline stays below this limit. */
export const KUBECONFIG_LIMIT_BYTES = 1024 * 1024;
/** Kubeconfigs use no aliases. A few are harmless; thousands are an expansion attack. */
const MAX_ALIASES = 20;

/**
 * Parses a kubeconfig, YAML or JSON, into plain data: the first document, as kubectl does. A problem names the line but never quotes it, since any line
 * may hold a key.
 */
export function parseKubeconfigText(
  text: string,
): { readonly parsed: unknown } | { readonly problem: string } {
  if (text.trim() === '') return { problem: 'Paste a kubeconfig.' };
  const options = { prettyErrors: false, logLevel: 'silent', uniqueKeys: true, merge: true } as const;
  const [document] = parseAllDocuments(text, options);
  // Without a document, the text has comments only.
  if (!document || !('errors' in document)) return { parsed: null };
  const [error] = document.errors;
  if (error) {
    const line = text.slice(0, error.pos[0]).split('\n').length;
    return {
      problem: `Invalid YAML in line ${line}. Paste the whole file with its indentation.`,
    };
  }
  try {
    return { parsed: document.toJS({ maxAliasCount: MAX_ALIASES }) };
  } catch {
    return { problem: 'This YAML has too many aliases. Paste a kubeconfig without aliases.' };
  }
}
