import type { DraftPath } from '@/lib/plane/draft/draft';
import { fieldWords } from '@/lib/plane/spec-words';

const WORDS: Readonly<Record<string, string>> = {
  plural: 'Kind',
  namespace: 'Namespace',
  name: 'Name',
  displayName: 'Display name',
  description: 'Description',
  connection: 'Connection',
  auth: 'Sign-in',
};

/** Of a credential, what is about the Secret and not about the material. */
const SECRET_WORDS: Readonly<Record<string, string>> = {
  namespace: 'namespace of the Secret',
  name: 'name of the Secret',
  key: 'key in the Secret',
  source: 'where it is kept',
};

/** The field of a draft in words: `['spec', 'gateway', 'publicVirtualHost']` becomes "Gateway / Public virtual host". */
export function problemLabel(path: DraftPath): string {
  const [part, ...rest] = path;
  if (part === 'spec') return rest.map(segmentWords).join(' / ') || 'Spec';
  if (part === 'credentials') {
    const [slotId, field] = rest;
    const words = String(slotId ?? '')
      .split('.')
      .map(fieldWords)
      .join(' / ');
    const detail = SECRET_WORDS[String(field)];
    return detail ? `${words}, ${detail}` : words;
  }
  return WORDS[String(part)] ?? 'The plane as a whole';
}

function segmentWords(segment: string | number): string {
  return typeof segment === 'number' ? `${segment + 1}` : fieldWords(segment);
}
