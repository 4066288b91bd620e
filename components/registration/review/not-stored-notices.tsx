import { TriangleAlert } from 'lucide-react';
import { Notice } from '@/components/ui/notice';
import type { RegistrationAnswer } from '@/lib/api/registration';
import { ADMISSION_HINT, notStoredText } from '@/lib/plane/history/not-stored-text';

/** Names the fields of each new object that the API server hasn't stored, or wouldn't store, as requested. */
export function NotStoredNotices({
  objects,
  isDryRun,
}: {
  readonly objects: RegistrationAnswer['objects'];
  readonly isDryRun: boolean;
}) {
  return objects
    .filter(({ notStored }) => notStored.length > 0)
    .map(({ kind, namespace, name, notStored }) => (
      <Notice
        key={`${kind} ${namespace} ${name}`}
        tone="warning"
        icon={<TriangleAlert size={15} aria-hidden="true" className="text-degraded" />}
        title={`${kind} ${name}: ${notStoredText(notStored, { isDryRun })}`}
        className="rounded-lg"
      >
        {ADMISSION_HINT}
      </Notice>
    ));
}
