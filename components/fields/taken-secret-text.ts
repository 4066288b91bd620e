import type { InspectionAnswer } from '@/lib/api/certificate-inspection';
import { kindOfName, kindOfPlural } from '@/lib/plane/model/kinds';
import { joinList } from '@/lib/plane/model/sentence';
import type { ObjectRef } from '@/lib/plane/related/related-resources';
import type { TakenSecret } from './use-taken-secret';

/** More than these are counted, not named. */
const MAX_NAMED = 3;

/** Whose a Secret is that is there already, in a sentence. */
export function managingToolText(owner: TakenSecret['owner']): string {
  if (owner === null) return 'Whose it is cannot be told, as it could not be read.';
  const { namedBy, madeFor } = owner;
  if (namedBy.length > 0) {
    const named = namedBy.slice(0, MAX_NAMED).map(planeWords);
    const more = namedBy.length - named.length;
    const who = joinList(more > 0 ? [...named, `${more} more`] : named);
    return `It is used by ${who}.`;
  }
  if (madeFor !== undefined)
    return `Planeboard made it for ${keyWords(madeFor)}; no plane that you may see uses it now.`;
  return 'No plane that you may see uses it, and Planeboard did not make it.';
}

/**
 * Whether a Secret holds the certificates that were entered, in a sentence; null where nothing was entered to compare.
 *
 * @param key of the Secret, under which the credential was to stand
 */
export function differenceText(
  entered: Pick<InspectionAnswer, 'certificates'>,
  stored: Pick<InspectionAnswer, 'certificates'>,
  key: string,
): string | null {
  if (entered.certificates.length === 0) return null;
  if (stored.certificates.length === 0)
    return `Under ${key} it holds no certificate that can be read; yours is not in it.`;
  const there = new Set(stored.certificates.map(({ fingerprint }) => fingerprint));
  const found = entered.certificates.filter(({ fingerprint }) => there.has(fingerprint)).length;
  if (found === entered.certificates.length)
    return `The certificate that you entered stands in it under ${key}.`;
  if (found > 0) return `Not all of the certificates that you entered stand in it under ${key}.`;
  const subjects = stored.certificates.slice(0, MAX_NAMED).map(({ subject }) => subject);
  const others = stored.certificates.length === 1 ? 'stands another' : 'stand others';
  return `The certificate that you entered is not in it: under ${key} ${others}, ${joinList(subjects)}.`;
}

function planeWords({ kind, namespace, name }: ObjectRef): string {
  return words(kindOfName(kind)?.words ?? kind, name, namespace);
}

/** @param key as `planeKey` makes it: of an annotation, so anything may stand there */
function keyWords(key: string): string {
  const [plural = '', ...rest] = key.split('/');
  const name = rest.pop();
  const kind = kindOfPlural(plural);
  return kind && name !== undefined ? words(kind.words, name, rest[0]) : key;
}

function words(kind: string, name: string, namespace: string | undefined): string {
  return `the ${kind.toLowerCase()} ${name}${namespace === undefined ? '' : ` in ${namespace}`}`;
}
