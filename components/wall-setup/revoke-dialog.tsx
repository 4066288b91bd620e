'use client';

import { LoaderCircle } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ErrorBox } from '@/components/ui/notice';
import { useRevokeLink } from './use-wall-links';

/** Asks for confirmation before a link is revoked, and says what that does. */
export function RevokeDialog({
  link,
  onClose,
  onClosed,
  onRevoked,
}: {
  /** The link to revoke, or null while the dialog is closed. */
  readonly link: { readonly id: string; readonly title: string } | null;
  readonly onClose: () => void;
  /** Called once the dialog is closed and the focus is back on the element that opened it. */
  readonly onClosed: () => void;
  readonly onRevoked: () => void;
}) {
  return (
    <Dialog open={link !== null} onClose={onClose} onClosed={onClosed} title="Revoke wall link">
      {link === null ? null : <Question key={link.id} link={link} onClose={onClose} onRevoked={onRevoked} />}
    </Dialog>
  );
}

function Question({
  link: { id, title },
  onClose,
  onRevoked,
}: {
  readonly link: { readonly id: string; readonly title: string };
  readonly onClose: () => void;
  readonly onRevoked: () => void;
}) {
  const { revoke, busy, failure } = useRevokeLink(onRevoked);
  return (
    <div className="grid gap-3">
      <p className="text-pretty break-words">
        Revoke <strong className="font-semibold">{title}</strong>? All screens that use it stop showing the
        wall within 10 s and report that their link was revoked. You can't undo this; the screens then need a
        new link.
      </p>
      {failure === null ? null : <ErrorBox>{failure}</ErrorBox>}
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" className="bg-disconnected" disabled={busy} onClick={() => revoke(id)}>
          {busy ? <LoaderCircle size={14} aria-hidden="true" className="animate-spin" /> : null}
          {busy ? 'Revoking…' : 'Revoke link'}
        </Button>
        <Button variant="outline" onClick={onClose}>
          Keep link
        </Button>
      </div>
    </div>
  );
}
