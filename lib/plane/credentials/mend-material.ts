import { fromBase64 } from '@/lib/base64';
import { MENDS, type Mend, mendPem } from '@/lib/plane/certificates/mend-pem';

/** What was corrected in typed material before it's written. `base64`: it was base64 of PEM. */
export type MaterialMend = 'base64' | Mend;
export const MATERIAL_MENDS = ['base64', ...MENDS] as const satisfies readonly MaterialMend[];

export interface MendedMaterial {
  /** PEM, if the material can be mended to it; otherwise the material. */
  readonly text: string;
  readonly mends: readonly MaterialMend[];
}

/**
 * Mends a typed, pasted or dropped certificate or key: decodes base64 of PEM, and corrects what the gateway's parser
 * doesn't forgive. What comes out is what is checked and written.
 */
export function mendMaterial(text: string): MendedMaterial {
  const mended = mendPem(text);
  if (mended.text.includes('-----BEGIN')) return mended;
  const decoded = decodedPem(mended.text);
  if (decoded === null) return { text, mends: [] };
  const inner = mendPem(decoded);
  return { text: inner.text, mends: ['base64', ...inner.mends] };
}

/** Returns the PEM text in base64, or null if it's anything else. */
export function decodedPem(text: string): string | null {
  const bytes = fromBase64(text);
  if (bytes === null || !bytes.includes('-----BEGIN')) return null;
  return new TextDecoder().decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)));
}

const PHRASES: Readonly<Record<Mend, string>> = {
  'line-breaks': 'line breaks',
  invisible: 'invisible characters',
  spaces: 'spaces and indentation',
  joined: 'a missing line break between two blocks',
  'surrounding-text': 'other text on a BEGIN or END line',
};

/** Returns what was corrected, for a list in the hint beside the field. Decoding base64 is no correction. */
export function mendPhrases(mends: readonly MaterialMend[]): string[] {
  return mends.flatMap((mend) => (mend === 'base64' ? [] : [PHRASES[mend]]));
}
