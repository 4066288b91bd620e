import { IconLine } from '@/components/ui/notice';
import { linkCaution } from '@/lib/plane/wall/link-caution';

const WORDS = {
  'this-machine-only':
    'This address works on this machine alone. For other screens open this page by the name that they reach Planeboard under, or set PLANEBOARD_URL.',
  'no-cookie':
    'Over plain HTTP screens do not keep what lets them in. Serve Planeboard over TLS or, if plain HTTP is meant, set PLANEBOARD_URL to an address that begins with http://.',
} as const;

/** Why a link may not work on the screen that it is meant for. */
export function CautionNote({
  origin,
  isConfigured,
}: {
  readonly origin: string;
  readonly isConfigured: boolean;
}) {
  const caution = linkCaution(origin, isConfigured);
  return caution === null ? null : <IconLine tone="warning">{WORDS[caution]}</IconLine>;
}
