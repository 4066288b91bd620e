import { fromBase64, toBase64 } from '@/lib/base64';
import type { CredentialSlot } from './credential-slot';
import { recogniseMaterial } from './recognise-material';

/**
 * Returns a credential's text as it is written into a Secret or a spec: PEM for certificates and keys, even if given
 * as base64; base64 of PEM for the oldest release's fields; a token without surrounding blanks; other texts as typed.
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
  const trimmed = text.trim();
  if (trimmed === '') return '';
  const material = recogniseMaterial(trimmed);
  const isBase64 = material.form === 'base64-pem' || (material.form === 'private-key' && material.base64);
  const pem = isBase64 ? (fromBase64(trimmed) ?? trimmed).trim() : trimmed;
  return `${withoutIndent(pem.replace(/\r\n?/g, '\n'))}\n`;
}

/** Removes the indentation of text copied out of YAML. PEM parsers reject lines that begin with a blank. */
export function withoutIndent(text: string): string {
  return text.replace(/^[ \t]+|[ \t]+$/gm, '');
}
