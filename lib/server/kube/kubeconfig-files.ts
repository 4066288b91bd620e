import 'server-only';
import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { notTextProblem, scalarText } from '@/lib/plane/credentials/kubeconfig-text';
import { z } from '@/lib/zod';
import { KubeconfigError } from './kubeconfig-error';

/** An entry of a kubeconfig as it was written, and the file that its relative paths refer to. */
export interface KubeconfigEntry {
  readonly file: string;
  /** Not checked: entries that aren't used may be broken. */
  readonly content: unknown;
  /** Why kubectl rejects its name; null if it doesn't. */
  readonly nameProblem: string | null;
}

/** The entries of all kubeconfig files by name. */
export interface KubeconfigEntries {
  readonly clusters: ReadonlyMap<string, KubeconfigEntry>;
  readonly users: ReadonlyMap<string, KubeconfigEntry>;
  readonly contexts: ReadonlyMap<string, KubeconfigEntry>;
  readonly currentContext: string;
  /** Why kubectl rejects the current context's name; null if it doesn't. */
  readonly currentProblem: string | null;
}

/** The name of each list, of its entries' content, and of one entry in a sentence. */
const LISTS = [
  ['clusters', 'cluster'],
  ['users', 'user'],
  ['contexts', 'context'],
] as const;

const listSchema = z.array(z.unknown()).nullish();
const fileSchema = z
  .object({
    clusters: listSchema,
    users: listSchema,
    contexts: listSchema,
    'current-context': z.unknown().optional(),
  })
  .nullish();
const entrySchema = z.looseObject({ name: z.unknown() });

/**
 * Reads kubeconfig files and merges them as kubectl does: the first file that has an entry of a name wins, and so does
 * the first that has a current context. Only the first document of a file counts.
 *
 * @param files absolute paths
 * @throws KubeconfigError when a file can't be read or parsed, or has two entries of one name
 */
export function readKubeconfigFiles(files: readonly string[]): KubeconfigEntries {
  const merged = {
    clusters: new Map<string, KubeconfigEntry>(),
    users: new Map<string, KubeconfigEntry>(),
    contexts: new Map<string, KubeconfigEntry>(),
  };
  let currentContext = '';
  let currentProblem: string | null = null;
  for (const file of files) {
    const content = readFile(file);
    for (const [list, kind] of LISTS) {
      for (const [name, entry] of entriesOf(content?.[list] ?? [], kind, file))
        if (!merged[list].has(name)) merged[list].set(name, entry);
    }
    const current = content?.['current-context'];
    if (currentContext === '') {
      currentContext = scalarText(current) ?? '';
      currentProblem = notTextProblem(`current-context in the kubeconfig ${file}`, current);
    }
  }
  return { ...merged, currentContext, currentProblem };
}

function readFile(file: string): z.infer<typeof fileSchema> {
  try {
    const text = readFileSync(/* turbopackIgnore: true */ file, 'utf8');
    // A field's schema rejects binary data, which would otherwise be its base64 text.
    const [document] = parseAllDocuments(text, { logLevel: 'silent', merge: true, customTags: ['binary'] });
    if (!document || !('errors' in document)) return null;
    if (document.errors.length > 0) throw document.errors[0];
    return fileSchema.parse(document.toJS());
  } catch {
    // The parser's own message could quote the file.
    throw new KubeconfigError(`The kubeconfig ${file} can't be read or isn't valid.`);
  }
}

function entriesOf(list: readonly unknown[], kind: string, file: string): Map<string, KubeconfigEntry> {
  const entries = new Map<string, KubeconfigEntry>();
  for (const item of list) {
    const entry = entrySchema.safeParse(item).data;
    const name = scalarText(entry?.name);
    if (!entry || !name) continue;
    if (entries.has(name))
      throw new KubeconfigError(`The kubeconfig ${file} has two ${kind}s named "${name}". Rename one.`);
    const nameProblem = notTextProblem(`The name of ${kind} "${name}" in the kubeconfig ${file}`, entry.name);
    entries.set(name, { file, content: entry[kind], nameProblem });
  }
  return entries;
}
