import { CircleAlert, TriangleAlert } from 'lucide-react';

/** One sentence or several about a field; none is undefined or empty. */
export type FieldMessage = string | readonly string[] | undefined;

/** The sentences of a message as a list, without empty ones. */
export function sentencesOf(message: FieldMessage): readonly string[] {
  const sentences = typeof message === 'string' ? [message] : (message ?? []);
  return sentences.filter((sentence) => sentence !== '');
}

/**
 * What is wrong with a field, and what will be. The element is always there, since screen readers announce only what
 * changes in a region that they knew before.
 */
export function FieldMessages({
  id,
  error,
  warning,
}: {
  readonly id: string;
  readonly error: FieldMessage;
  readonly warning: FieldMessage;
}) {
  return (
    <div id={id} aria-live="polite" className="not-empty:mt-1.5 grid gap-1">
      {sentencesOf(error).map((sentence) => (
        <p key={sentence} className="flex items-start gap-1.5 text-disconnected">
          <CircleAlert size={14} className="mt-0.5 shrink-0" role="img" aria-label="Error:" />
          <span className="min-w-0 text-pretty [overflow-wrap:anywhere]">{sentence}</span>
        </p>
      ))}
      {sentencesOf(warning).map((sentence) => (
        <p key={sentence} className="flex items-start gap-1.5 text-degraded">
          <TriangleAlert size={14} className="mt-0.5 shrink-0" role="img" aria-label="Warning:" />
          <span className="min-w-0 text-pretty [overflow-wrap:anywhere]">{sentence}</span>
        </p>
      ))}
    </div>
  );
}
