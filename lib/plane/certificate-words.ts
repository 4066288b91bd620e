import { formatAge, parseTimeMs } from './age';
import { type CertificateTrait, certificateTraits } from './certificate-trait';
import type { CertificateFact } from './facts';
import type { Health } from './health-state';

export interface CertificateWords {
  readonly words: string;
  /** `quiet` where nothing is known. */
  readonly tone: 'trouble' | 'warning' | 'plain' | 'quiet';
}

const WITHOUT_CERTIFICATE: Record<Exclude<CertificateFact['state'], 'parsed'>, CertificateWords> = {
  'not-checked': { words: 'not checked', tone: 'quiet' },
  absent: { words: 'no CA', tone: 'warning' },
  'secret-missing': { words: 'no Secret', tone: 'warning' },
  'key-missing': { words: 'no such key', tone: 'warning' },
  unparsable: { words: 'unreadable', tone: 'warning' },
};

/**
 * When the CA of a plane ends, for a cell of the list: `44 d left`, `expired 3 d ago`, `not checked`.
 *
 * @param nowMs the API server's clock, milliseconds since the epoch
 */
export function certificateWords(
  plane: { readonly facts: { readonly certificate: CertificateFact } },
  health: Pick<Health, 'reasons'>,
  nowMs: number,
): CertificateWords {
  const { certificate } = plane.facts;
  if (certificate.state !== 'parsed') return WITHOUT_CERTIFICATE[certificate.state];
  const endsMs = parseTimeMs(certificate.notAfter);
  const beginsMs = parseTimeMs(certificate.notBefore);
  if (endsMs === null) return { words: 'end not known', tone: 'quiet' };
  if (nowMs > endsMs) return { words: `expired ${formatAge(nowMs - endsMs)} ago`, tone: 'trouble' };
  if (beginsMs !== null && nowMs < beginsMs)
    return { words: `valid in ${formatAge(beginsMs - nowMs)}`, tone: 'warning' };
  const traits: readonly CertificateTrait[] = certificateTraits({ plane, health });
  return {
    words: `${formatAge(endsMs - nowMs)} left`,
    tone: traits.includes('expiring') ? 'warning' : 'plain',
  };
}
