import { Message } from '@/components/shell/message';

/** Shown when the API server reports no such plane, or the path names none. */
export default function PlaneNotFound() {
  return (
    <Message status="404" title="There is no such plane">
      It may have been deleted, or the address is mistyped. The path is /planes, the plural of its kind, the
      namespace where the kind has one, and the name.
    </Message>
  );
}
