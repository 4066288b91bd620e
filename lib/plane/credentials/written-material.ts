import { fromBase64, toBase64 } from '@/lib/plane/model/base64';
import type { CredentialSlot } from './credential-slot';
import { recogniseMaterial } from './recognise-material';

/**
 * A credential's text as it is written into a Secret or a spec: PEM where PEM is meant, also when its base64 was given;
 * base64 of PEM where the oldest release takes that; a token without blanks around it; anything else as it was typed.
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

/** What was copied out of YAML is indented, and those who read PEM know no line that begins with a blank. */
export function withoutIndent(text: string): string {
  return text.replace(/^[ \t]+|[ \t]+$/gm, '');
}
