'use client';

import { Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { Notice } from '@/components/ui/notice';
import { planeTitle } from '@/lib/plane/fleet/fleet-view';
import type { Plane } from '@/lib/plane/model/plane';
import { useSuccessor } from './use-successor';

/**
 * The plane was deleted while somebody looked at it. Where one of the same kind and name was made since, as tools do
 * that keep planes in git, it is a click away.
 * @param children what of it is still in sight, in a sentence
 */
export function GoneNotice({
  plane,
  className,
  children,
}: {
  readonly plane: Plane;
  readonly className?: string;
  readonly children?: ReactNode;
}) {
  const successor = useSuccessor(plane);
  return (
    <div role="alert">
      <Notice
        tone="warning"
        icon={<Trash2 size={15} aria-hidden="true" className="text-degraded" />}
        title={`${shortTitle(plane)} has been deleted.`}
        {...(className === undefined ? {} : { className })}
      >
        {children}{' '}
        {successor === null ? (
          <Link href="/" className="font-medium underline underline-offset-2">
            Back to the fleet
          </Link>
        ) : (
          <>
            A plane of the same kind and name was made since. <ShowSuccessor />
          </>
        )}
      </Notice>
    </div>
  );
}

/** It has the address of the one that was deleted, so the page is asked for anew rather than another one. */
function ShowSuccessor() {
  const router = useRouter();
  return (
    <button
      type="button"
      className="font-medium underline underline-offset-2"
      onClick={() => router.refresh()}
    >
      Show the new one
    </button>
  );
}

/** The heading below has all of it. */
const MAX_TITLE_CHARACTERS = 120;

function shortTitle(plane: Plane): string {
  const characters = [...planeTitle(plane)];
  return characters.length <= MAX_TITLE_CHARACTERS
    ? characters.join('')
    : `${characters.slice(0, MAX_TITLE_CHARACTERS).join('')}…`;
}
