import { kindOfName } from '@/lib/plane/model/kinds';
import { objectRefSchema } from '@/lib/plane/model/object-ref';
import { describeObject, joinList, joinSome } from '@/lib/plane/model/text';
import { z } from '@/lib/zod';

/** Another plane that uses a Secret. */
const secretUserSchema = objectRefSchema.extend({
  /** What it uses the same key for, such as `agent CA`; empty if it uses other keys; null if that isn't known. */
  sameKey: z.array(z.string()).nullable(),
});
export type SecretUser = z.infer<typeof secretUserSchema>;

/** Everything known to use a Secret's key besides the credential that is replaced. */
export const secretSharingSchema = z.object({
  namespace: z.string(),
  name: z.string(),
  key: z.string(),
  users: z.array(secretUserSchema),
  /** Other credentials of the same plane with the same key, such as `API server CA`. */
  ownUses: z.array(z.string()),
  /** Whether there may be planes that the caller can't see. */
  mayHaveMoreUsers: z.boolean(),
});
export type SecretSharing = z.infer<typeof secretSharingSchema>;

/** Describes who else gets new material when a Secret is changed in place, in sentences. */
export function sharingTexts({
  namespace,
  name,
  key,
  users,
  ownUses,
  mayHaveMoreUsers,
}: SecretSharing): string[] {
  const secret = `Secret ${namespace}/${name}`;
  const texts: string[] = [];
  if (ownUses.length > 0)
    texts.push(`This plane's ${joinList(ownUses)} uses key ${key} of ${secret} too, and changes with it.`);
  const affected = users.filter(({ sameKey }) => sameKey === null || sameKey.length > 0);
  const others = users.filter(({ sameKey }) => sameKey?.length === 0);
  if (affected.length > 0)
    texts.push(
      `${secret} is also used by ${joinSome(affected.map(userText), 8)}. The change affects ${affected.length === 1 ? 'that plane' : 'those planes'} too.`,
    );
  if (others.length > 0)
    texts.push(
      `Other keys of ${secret} are used by ${joinSome(others.map(userText), 8)}. They don't change.`,
    );
  if (mayHaveMoreUsers) texts.push(`Planes that you can't see may use ${secret} too.`);
  return texts;
}

function userText({ kind, namespace, name, sameKey }: SecretUser): string {
  const label = kindOfName(kind)?.label.toLowerCase() ?? kind;
  const plane = describeObject(label, { namespace, name });
  return sameKey === null || sameKey.length === 0 ? plane : `${plane} (${joinList(sameKey)})`;
}

const BLOCK = /-----BEGIN ([A-Z0-9 ]{1,40})-----[\s\S]*?-----END \1-----/g;

/**
 * Names everything in a text besides its certificates, for people: `a private key`, `a certificate request`, `text
 * outside the certificates`.
 */
export function otherContents(text: string): string[] {
  const found = new Set<string>();
  const rest = text.replace(BLOCK, (_block, label: string) => {
    if (label.endsWith('PRIVATE KEY')) found.add('a private key');
    else if (label !== 'CERTIFICATE') found.add(`a PEM block ${label}`);
    return '';
  });
  if (/-----BEGIN /.test(rest)) found.add('an incomplete PEM block');
  else if (rest.trim() !== '') found.add('text outside the certificates');
  return [...found];
}
