import { fromBase64 } from '@/lib/base64';
import { CORRECTIONS, type Correction, correctPem } from '@/lib/plane/certificates/correct-pem';

/** What was corrected in typed material before it's written. `base64`: it was base64 of PEM. */
export type MaterialCorrection = 'base64' | Correction;
export const MATERIAL_CORRECTIONS = [
  'base64',
  ...CORRECTIONS,
] as const satisfies readonly MaterialCorrection[];

export interface CorrectedMaterial {
  /** PEM, if the material can be corrected to it; otherwise the material. */
  readonly text: string;
  readonly corrections: readonly MaterialCorrection[];
}

/**
 * Corrects a typed, pasted or dropped certificate or key: decodes base64 of PEM, and corrects what the gateway's parser
 * doesn't forgive. What comes out is what is checked and written.
 */
export function correctMaterial(text: string): CorrectedMaterial {
  const corrected = correctPem(text);
  if (corrected.text.includes('-----BEGIN')) return corrected;
  const decoded = decodedPem(corrected.text);
  if (decoded === null) return { text, corrections: [] };
  const inner = correctPem(decoded);
  return { text: inner.text, corrections: ['base64', ...inner.corrections] };
}

/** Returns the PEM text in base64, or null if it's anything else. */
export function decodedPem(text: string): string | null {
  const bytes = fromBase64(text);
  if (bytes === null || !bytes.includes('-----BEGIN')) return null;
  return new TextDecoder().decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)));
}

const PHRASES: Readonly<Record<Correction, string>> = {
  'line-breaks': 'line breaks',
  invisible: 'invisible characters',
  spaces: 'spaces and indentation',
  joined: 'a missing line break between two blocks',
  'surrounding-text': 'other text on a BEGIN or END line',
};

/** Returns what was corrected, for a list in the hint beside the field. Decoding base64 is no correction. */
export function correctionPhrases(corrections: readonly MaterialCorrection[]): string[] {
  return corrections.flatMap((correction) => (correction === 'base64' ? [] : [PHRASES[correction]]));
}
