import { useEffect, useRef } from 'react';
import { ButtonLink } from '@/components/ui/button';
import type { RegistrationAnswer } from '@/lib/api/registration';
import { NotStoredNotices } from './not-stored-notices';

/** Names what a registration created otherwise than requested, and leads on to the next page. */
export function RegisteredCard({
  answer: { objects },
  setupHref,
}: {
  readonly answer: RegistrationAnswer;
  readonly setupHref: `/${string}`;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} tabIndex={-1} role="status" className="grid gap-2 focus-visible:outline-none">
      <p className="font-semibold">The plane is registered, but not as requested.</p>
      <NotStoredNotices objects={objects} isDryRun={false} />
      <div>
        <ButtonLink href={setupHref}>Continue</ButtonLink>
      </div>
    </div>
  );
}
