'use client';

import { Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { useRecreatedPlane } from '@/components/plane/related/use-related-planes';
import { Notice } from '@/components/ui/notice';
import { planeTitle } from '@/lib/plane/model/display-name';
import type { Plane } from '@/lib/plane/model/plane';

/**
 * Reports that the plane was deleted while its page was open. Links to the new plane if one with the same kind and
 * name exists, for example because a tool applied it from git again.
 *
 * @param children a sentence about what the page still shows of the deleted plane
 */
export function DeletedNotice({
  plane,
  className,
  children,
}: {
  readonly plane: Plane;
  readonly className?: string;
  readonly children?: ReactNode;
}) {
  const recreated = useRecreatedPlane(plane);
  return (
    <div role="alert">
      <Notice
        tone="warning"
        icon={<Trash2 size={15} aria-hidden="true" className="text-degraded" />}
        title={`${shortTitle(plane)} has been deleted.`}
        {...(className === undefined ? {} : { className })}
      >
        {children}{' '}
        {recreated === null ? (
          <Link href="/" className="font-medium underline underline-offset-2">
            Back to the fleet
          </Link>
        ) : (
          <>
            A plane with the same kind and name has been created again. <ShowRecreated />
          </>
        )}
      </Notice>
    </div>
  );
}

/** Refreshes the page, because the new plane has the same address as the deleted one. */
function ShowRecreated() {
  const router = useRouter();
  return (
    <button
      type="button"
      className="font-medium underline underline-offset-2"
      onClick={() => router.refresh()}
    >
      Show new plane
    </button>
  );
}

/** The notice shortens longer titles; the page's heading shows them in full. */
const MAX_TITLE_CHARACTERS = 120;

function shortTitle(plane: Plane): string {
  const characters = [...planeTitle(plane)];
  return characters.length <= MAX_TITLE_CHARACTERS
    ? characters.join('')
    : `${characters.slice(0, MAX_TITLE_CHARACTERS).join('')}…`;
}
