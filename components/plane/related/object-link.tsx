import Link from 'next/link';
import { kindOfName } from '@/lib/plane/model/kinds';
import type { ObjectRef } from '@/lib/plane/model/object-ref';
import { objectPagePath } from '@/lib/plane/model/plane-path';

/**
 * Another object by name, linked if it has a page.
 * @param from the plane's namespace, which is left out of the text
 */
export function ObjectLink({
  object,
  from,
}: {
  readonly object: ObjectRef;
  readonly from: string | undefined;
}) {
  const path = objectPagePath(object);
  const kindLabel = kindOfName(object.kind)?.label ?? object.kind;
  const where = object.namespace === undefined || object.namespace === from ? '' : ` in ${object.namespace}`;
  return (
    <span className="min-w-0 [overflow-wrap:anywhere]">
      {path === null ? (
        object.name
      ) : (
        <Link
          href={path}
          prefetch={false}
          className="text-accent underline decoration-line-strong underline-offset-2 hover:decoration-current"
        >
          {object.name}
        </Link>
      )}
      <span className="text-muted">
        {' '}
        · {kindLabel}
        {where}
      </span>
    </span>
  );
}
