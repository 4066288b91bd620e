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

const SENTENCES: Readonly<Record<MaterialMend, string>> = {
  base64: 'Base64 was decoded.',
  'line-breaks': 'Line breaks were corrected.',
  invisible: 'Invisible characters were removed.',
  spaces: 'Special spaces and indentation were removed.',
  joined: 'A missing line break between two blocks was added.',
  'surrounding-text': 'Text beside a BEGIN or END line was moved to a line of its own.',
};

/** Returns what was mended, one sentence each, for the hint beside the field. */
export function mendSentences(mends: readonly MaterialMend[]): string[] {
  return mends.map((mend) => SENTENCES[mend]);
}
