'use client';

import { useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { IconLine } from '@/components/ui/notice';
import { Age } from '@/components/ui/time';
import type { WallTokens } from '@/lib/api/wall';
import { limitsSummary } from '@/lib/plane/wall/limits-summary';
import { RevokeDialog } from './revoke-dialog';
import { useWallLinks } from './use-wall-links';

/** The existing links, each with a button to revoke it. */
export function LinkListCard({
  namespace,
}: {
  /** The namespace where the links are stored. */
  readonly namespace: string;
}) {
  const { listed, problem } = useWallLinks();
  const [revoking, setRevoking] = useState<{ readonly id: string; readonly title: string } | null>(null);
  const body = useRef<HTMLDivElement>(null);
  const isRevoked = useRef(false);
  return (
    <Card title="Wall links" flush>
      {/* Takes the focus when the row that had it is removed. */}
      <div ref={body} tabIndex={-1} className="outline-none">
        <div role="status" className="empty:hidden">
          {problem === null ? null : (
            <div className="border-line border-b px-4 py-3">
              <IconLine tone="warning">
                {listed === null
                  ? "Couldn't load the wall links. Retrying automatically."
                  : "Couldn't refresh this list, so it may be outdated."}{' '}
                {problem}
              </IconLine>
            </div>
          )}
        </div>
        {listed === null ? (
          problem === null ? (
            <p className="px-4 py-3 text-muted">Loading wall links…</p>
          ) : null
        ) : listed.state === 'not-visible' ? (
          <p className="text-pretty px-4 py-3">
            Wall links can't be listed or created. {listed.missingRight}
          </p>
        ) : listed.tokens.length === 0 ? (
          <p className="px-4 py-3 text-muted">No wall links yet, so no screen can open the wall.</p>
        ) : (
          <ul className="divide-y divide-line">
            {listed.tokens.map((token) => (
              <LinkRow
                key={token.id}
                token={token}
                onRevoke={
                  listed.mayChange
                    ? () => {
                        isRevoked.current = false;
                        setRevoking(token);
                      }
                    : null
                }
              />
            ))}
          </ul>
        )}
        {listed?.state === 'listed' && listed.tokens.length > 0 ? (
          <p className="border-line border-t px-4 py-2 text-muted text-xs">
            New links end after {listed.lifeDays === 1 ? '1 day' : `${listed.lifeDays} days`}. Links are
            stored as hashes in the ConfigMap <code className="font-mono">planeboard-wall</code> in the
            namespace <code className="font-mono">{namespace}</code>.
          </p>
        ) : null}
      </div>
      <RevokeDialog
        link={revoking}
        onClose={() => setRevoking(null)}
        onClosed={() => {
          // The dialog returns the focus to the button that opened it, but that was removed with its row.
          if (isRevoked.current) body.current?.focus();
          isRevoked.current = false;
        }}
        onRevoked={() => {
          isRevoked.current = true;
          setRevoking(null);
        }}
      />
    </Card>
  );
}

/** One link: its name, what it lets a screen see, who created it when, when it ends, and when a screen last used it. */
function LinkRow({
  token: { title, limits, createdAt, createdBy, endsAt, seenAt, state },
  onRevoke,
}: {
  readonly token: WallTokens['tokens'][number];
  /** Null if the caller can't revoke it. */
  readonly onRevoke: (() => void) | null;
}) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="break-words font-medium">{title}</p>
        <p className="break-words text-muted">{limitsSummary(limits)}</p>
        <p className="break-words text-muted text-xs">
          Created <Age at={createdAt} suffix=" ago" coarse />
          {createdBy === null ? '' : ` by ${createdBy}`}
          {state === 'valid' ? (
            <>
              {' · Ends '}
              <Age at={endsAt} coarse />
            </>
          ) : null}
        </p>
        {state === 'valid' ? (
          <p className="text-muted text-xs">
            {seenAt === null ? (
              'Not seen by this server since it started'
            ) : (
              <>
                Seen by this server <Age at={seenAt} suffix=" ago" coarse />
              </>
            )}
          </p>
        ) : (
          <IconLine tone="warning">
            {state === 'ended' ? (
              <>
                Ended <Age at={endsAt} suffix=" ago" coarse />. Screens with this link show no planes: create
                a new one.
              </>
            ) : (
              "Can't be verified, so it grants nothing: it was changed by hand, or created with another key or by an earlier version. Create a new one."
            )}
          </IconLine>
        )}
      </div>
      {onRevoke === null ? null : (
        <Button variant="outline" onClick={onRevoke} aria-label={`Revoke link ${title}`}>
          Revoke
        </Button>
      )}
    </li>
  );
}
