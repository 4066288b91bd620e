import { planeCountText } from '@/lib/plane/model/text';
import type { ControlPlaneFinding, UncheckedCas } from './gateway-certificates';

/** The page that shows which permission is missing. */
export const CA_ACCESS_PATH = '/ca-access';
/** The command that prints the same. */
export const CA_ROLE_COMMAND = 'npm run --silent ca-role';

/** Returns the finding about planes whose CA isn't checked; none if all are, or if that isn't known. */
export function uncheckedCaFindings(unchecked: UncheckedCas | null): ControlPlaneFinding[] {
  if (!unchecked || unchecked.planes === 0) return [];
  const { planes } = unchecked;
  return [
    {
      code: 'ca-secrets-not-checked',
      severity: 'warning',
      title: `The CAs of ${planeCountText(planes)} aren't checked`,
      message: "Planeboard's account can't get the Secrets that hold them.",
      consequence: 'There is no warning before these CAs expire.',
      remedy: {
        text: 'Grant the account get on exactly these Secrets. This command prints the Roles.',
        command: CA_ROLE_COMMAND,
        page: { href: CA_ACCESS_PATH, label: 'Show the Roles' },
      },
    },
  ];
}
