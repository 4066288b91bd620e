'use client';

import { CircleAlert } from 'lucide-react';
import { useState } from 'react';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import type { WallTokens } from '@/lib/api/wall';
import type { WallAddress } from '@/lib/plane/wall/wall-address';
import { OpenWallCard } from './address-cards';
import { CreateLinkCard } from './create-link-card';
import { type NewLink, NewLinkCard } from './new-link-card';
import { useWallLinks } from './use-wall-links';

interface AccessProps {
  readonly readOnly: boolean;
  readonly origin: string;
  /** Whether PLANEBOARD_URL sets the origin. */
  readonly isConfigured: boolean;
  readonly address: WallAddress;
  /** Whether the form has no errors. */
  readonly isValid: boolean;
  /** The name of the link to create; null if it's named after the wall. */
  readonly ownName: string | null;
  readonly onName: (name: string | null) => void;
}

/** How a new screen opens the wall: by its address if walls are open, otherwise by a link. */
export function WallAccess({ mode, ...props }: AccessProps & { readonly mode: WallTokens['mode'] }) {
  if (mode === 'off') return null;
  return mode === 'open' ? <OpenWallCard {...props} /> : <TokenAccess {...props} />;
}

function TokenAccess({ readOnly, ...props }: AccessProps) {
  const { listed, problem } = useWallLinks();
  // Stored here, so a link that isn't copied yet survives if the person loses the right to create links.
  const [newLink, setNewLink] = useState<NewLink | null>(null);
  if (newLink !== null) return <NewLinkCard link={newLink} {...props} onDone={() => setNewLink(null)} />;
  if (readOnly) return null;
  if (listed === null && problem === null)
    return (
      <Card title="New wall link">
        <p className="text-muted">Checking your permissions…</p>
      </Card>
    );
  // If the rights are unknown, allow the attempt: the API server decides.
  const mayCreate = listed === null ? problem !== null : listed.mayChange;
  return mayCreate ? (
    <CreateLinkCard
      {...props}
      lifeDays={listed?.lifeDays ?? null}
      onCreated={(link) => {
        setNewLink(link);
        props.onName(null);
      }}
    />
  ) : (
    <RightsNote listed={listed} />
  );
}

/** Says that the person can't create or revoke links. Shows nothing if that's unknown. */
function RightsNote({ listed }: { readonly listed: WallTokens | null }) {
  if (listed === null || listed.mayChange) return null;
  return (
    <Notice
      tone="neutral"
      icon={<CircleAlert size={15} aria-hidden="true" className="text-muted" />}
      title="You can't create or revoke wall links."
      className="rounded-lg"
    >
      {listed.missingRight}
    </Notice>
  );
}
