import type { InspectionAnswer } from '@/lib/api/credentials';
import type { RegistrationSecrets } from '@/lib/api/registration';
import { kindOfName, kindOfPlural } from '@/lib/plane/model/kinds';
import type { ObjectRef } from '@/lib/plane/model/object-ref';
import { joinList } from '@/lib/plane/model/text';

type SecretUsage = NonNullable<RegistrationSecrets['secrets'][number]['usage']>;

/** Planes and certificates beyond this number aren't named. */
const MAX_NAMED = 3;

/** A sentence that says what an existing Secret is used for. */
export function secretUsageText(usage: SecretUsage | null): string {
  if (usage === null) return "Its use is unknown because Planeboard couldn't read it.";
  const { usedBy, createdFor } = usage;
  if (usedBy.length > 0) {
    const named = usedBy.slice(0, MAX_NAMED).map(describePlane);
    const more = usedBy.length - named.length;
    const who = joinList(more > 0 ? [...named, `${more} more`] : named);
    return `It's used by ${who}.`;
  }
  if (createdFor !== undefined)
    return `Planeboard created it for ${keyText(createdFor)}. No plane you can see uses it now.`;
  return "No plane you can see uses it, and Planeboard didn't create it.";
}

/**
 * A sentence that says whether a Secret holds the entered certificates; null if none were entered.
 *
 * @param key the Secret's key that the credential would be stored under
 */
export function differenceText(
  entered: Pick<InspectionAnswer, 'certificates'>,
  stored: Pick<InspectionAnswer, 'certificates'>,
  key: string,
): string | null {
  if (entered.certificates.length === 0) return null;
  if (stored.certificates.length === 0) return `Its key ${key} contains no readable certificate.`;
  const certificate = entered.certificates.length === 1 ? 'certificate' : 'certificates';
  const storedPrints = new Set(stored.certificates.map(({ fingerprint }) => fingerprint));
  const found = entered.certificates.filter(({ fingerprint }) => storedPrints.has(fingerprint)).length;
  if (found === entered.certificates.length) return `Its key ${key} contains the ${certificate} you entered.`;
  if (found > 0) return `Its key ${key} contains only some of the certificates you entered.`;
  const subjects = stored.certificates.slice(0, MAX_NAMED).map(({ subject }) => subject);
  const others = stored.certificates.length === 1 ? 'a different certificate' : 'different certificates';
  return `Its key ${key} contains ${others}: ${joinList(subjects)}.`;
}

function describePlane({ kind, namespace, name }: ObjectRef): string {
  return kindAndName(kindOfName(kind)?.label ?? kind, name, namespace);
}

/** @param key formatted by `planeKey`, but read from an annotation, so it may be any text */
function keyText(key: string): string {
  const [plural = '', ...rest] = key.split('/');
  const name = rest.pop();
  const kind = kindOfPlural(plural);
  return kind && name !== undefined ? kindAndName(kind.label, name, rest[0]) : key;
}

function kindAndName(kind: string, name: string, namespace: string | undefined): string {
  return `the ${kind.toLowerCase()} ${name}${namespace === undefined ? '' : ` in ${namespace}`}`;
}
