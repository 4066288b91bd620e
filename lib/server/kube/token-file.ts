import 'server-only';
import { readFileSync } from 'node:fs';

/** A file with a bearer token, as a kubeconfig's user or a pod has it. */
export interface TokenFile {
  readonly path: string;
  /** The token beside it in the kubeconfig. */
  readonly token?: string;
}

/**
 * Reads a bearer token from its file as client-go does: the last token that was read from the file counts, and before
 * the first one the token beside it. A file that is missing or empty is being replaced.
 */
export class TokenFileReader {
  private last: { readonly path: string; readonly token: string } | null = null;

  /** Returns the token without the blanks around it. Null if there is none: a request without it would be anonymous. */
  read({ path, token }: TokenFile): string | null {
    const read = contentOf(path);
    if (read !== '') this.last = { path, token: read };
    return this.last?.path === path ? this.last.token : (token ?? null);
  }
}

function contentOf(path: string): string {
  try {
    return readFileSync(/* turbopackIgnore: true */ path, 'utf8').trim();
  } catch {
    return '';
  }
}
