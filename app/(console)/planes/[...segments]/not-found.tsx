import { Message } from '@/components/shell/message';

/** Shown when the API server reports no such plane, or the path names none. */
export default function PlaneNotFound() {
  return (
    <Message status="404" title="Plane not found">
      It may have been deleted. Check the address.
    </Message>
  );
}
