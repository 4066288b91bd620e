import { ButtonLink } from '@/components/ui/button-link';
import { type PlaneIdentity, planePath } from '@/lib/plane/model/plane-path';

/** The way on, once a plane is registered and nothing is left to wait for. */
export function SetupLinks({ identity }: { readonly identity: PlaneIdentity }) {
  return (
    <>
      <ButtonLink href={planePath(identity)} variant="primary">
        Open the plane
      </ButtonLink>
      <ButtonLink href="/register" variant="outline">
        Register another
      </ButtonLink>
      <ButtonLink href="/" variant="plain">
        Fleet
      </ButtonLink>
    </>
  );
}
