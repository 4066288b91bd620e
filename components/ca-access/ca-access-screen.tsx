import { Card } from '@/components/ui/card';
import { CommandBlock } from '@/components/ui/command-block';
import { IconLine } from '@/components/ui/notice';
import type { CaAccess } from '@/lib/api/ca-access';
import { CA_ROLE_COMMAND } from '@/lib/plane/health/unchecked-cas';
import { planeCountText } from '@/lib/plane/model/text';

/** Says which CAs Planeboard can't check, and shows the Roles that let it read exactly the Secrets with CAs. */
export function CaAccessScreen({ access }: { readonly access: CaAccess }) {
  const { account, planes, manifest } = access;
  return (
    <div className="relative min-h-0 flex-1 overflow-auto print:overflow-visible">
      <div className="mx-auto grid w-full max-w-[70rem] grid-cols-1 gap-4 px-4 pt-4 pb-12 sm:px-6">
        <header>
          <h1 className="font-semibold text-xl tracking-tight">Access to CA Secrets</h1>
          <p className="mt-0.5 text-pretty text-muted">
            To warn before a CA expires, Planeboard's own account
            {account === null ? '' : ` (${account})`} reads the Secret that holds it. Everyone who sees a
            plane sees the facts of its CA, so grant the account these Secrets and no others.
          </p>
        </header>
        <Summary access={access} />
        {manifest === '' ? null : (
          <Card title="Roles">
            <p className="text-pretty">
              These Roles allow <code className="font-mono">get</code> on exactly the Secrets with the CAs of{' '}
              {planes === 1 ? '1 plane' : `${planes} planes`} that you see now. Check the names first: a plane
              can name any Secret. Apply the Roles again after you register a plane with another Secret.
            </p>
            <CommandBlock label="Roles" command={manifest.trimEnd()} />
            <p className="mt-3 text-pretty">
              This command prints the same. With sign-in, it needs a token in{' '}
              <code className="font-mono">PLANEBOARD_TOKEN</code>.
            </p>
            <CommandBlock label="Print the Roles" command={CA_ROLE_COMMAND} />
          </Card>
        )}
      </div>
    </div>
  );
}

function Summary({ access: { account, planes, unchecked } }: { readonly access: CaAccess }) {
  if (planes === 0) return <p>None of the planes that you see has its CA in a Secret.</p>;
  if (account === null)
    return <IconLine tone="warning">The API server hasn't said yet who Planeboard's account is.</IconLine>;
  return unchecked === 0 ? (
    <p>The account can read the CAs of {planes === 1 ? '1 plane' : `all ${planes} planes`} that you see.</p>
  ) : (
    <IconLine tone="warning">
      The CAs of {planeCountText(unchecked)} aren't checked, because the account can't get their Secrets.
    </IconLine>
  );
}
