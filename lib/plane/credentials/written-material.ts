import { toBase64 } from '@/lib/base64';
import { correctMaterial } from './correct-material';
import type { CredentialSlot } from './credential-slot';

/**
 * Returns a credential's text as it is written into a Secret or a spec: PEM for certificates and keys, corrected if
 * necessary; base64 of PEM for the oldest release's fields; a token without surrounding blanks; other texts as typed.
 */
export function writtenMaterial(slot: Pick<CredentialSlot, 'purpose' | 'form'>, text: string): string {
  switch (slot.purpose) {
    case 'agent-ca':
    case 'server-ca':
    case 'client-certificate':
    case 'client-key': {
      const pem = pemOf(text);
      return slot.form === 'base64' && pem !== '' ? toBase64(pem) : pem;
    }
    case 'bearer-token':
      return text.trim();
    default:
      return text;
  }
}

function pemOf(text: string): string {
  if (text.trim() === '') return '';
  return `${withoutIndent(correctMaterial(text).text).trim()}\n`;
}

/** Removes the indentation of text copied out of YAML. PEM parsers reject lines that begin with a blank. */
function withoutIndent(text: string): string {
  return text.replace(/^[ \t]+|[ \t]+$/gm, '');
}
