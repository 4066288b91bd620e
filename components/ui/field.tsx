'use client';

import { clsx } from 'clsx';
import { CircleAlert, TriangleAlert } from 'lucide-react';
import { type ReactNode, use, useId } from 'react';
import { FieldMarks } from './field-marks';

/** The props that connect a control to its field; spread them on the control. */
export interface ControlProps {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
  readonly 'aria-required': true | undefined;
}

interface FieldProps {
  readonly label: ReactNode;
  readonly help?: ReactNode;
  /** Marks the field as optional beside its label; all other fields are required. */
  readonly optional?: boolean | undefined;
  readonly error?: FieldMessage;
  readonly warning?: FieldMessage;
  /** Content at the end of the label's line, such as a button. */
  readonly action?: ReactNode;
  /** The name by which `focusField` finds the field. It's part of the page, so it must not be a secret. */
  readonly name?: string | undefined;
  readonly className?: string | undefined;
}

/**
 * A control with its label, help and messages, wired up for screen readers. `hideLabel` is for a control that its
 * group's heading already names.
 */
export function Field({
  children,
  hideLabel = false,
  ...field
}: FieldProps & {
  readonly hideLabel?: boolean;
  readonly children: (control: ControlProps) => ReactNode;
}) {
  const id = useId();
  const { helpId, messagesId, describedBy, invalid } = useDescription(id, field);
  return (
    <div data-field={field.name} className={clsx('min-w-0', field.className)}>
      <div className={hideLabel ? 'sr-only' : 'mb-1 flex min-h-5 items-end justify-between gap-2'}>
        <span className="min-w-0">
          <label htmlFor={id} className="font-medium">
            {field.label}
          </label>
          <Optional shown={field.optional} />
          <Changed name={field.name} />
        </span>
        {field.action}
      </div>
      <Help id={helpId} help={field.help} />
      {children({
        id,
        'aria-describedby': describedBy,
        'aria-invalid': invalid ? true : undefined,
        'aria-required': field.optional === false ? true : undefined,
      })}
      <FieldMessages id={messagesId} error={field.error} warning={field.warning} />
    </div>
  );
}

/** Several controls that form one field, such as radios, rows or a group. Wired like `Field`, but on a fieldset. */
export function FieldSet({ children, ...field }: FieldProps & { readonly children: ReactNode }) {
  const id = useId();
  const { helpId, messagesId, describedBy, invalid } = useDescription(id, field);
  return (
    <fieldset
      data-field={field.name}
      aria-describedby={describedBy}
      data-invalid={invalid ? '' : undefined}
      className={clsx('min-w-0', field.className)}
    >
      <legend className="mb-1 flex min-h-5 w-full items-end justify-between gap-2">
        <span className="min-w-0 font-medium">
          {field.label}
          <Optional shown={field.optional} />
          <Changed name={field.name} />
        </span>
        {field.action}
      </legend>
      <Help id={helpId} help={field.help} />
      {children}
      <FieldMessages id={messagesId} error={field.error} warning={field.warning} />
    </fieldset>
  );
}

function useDescription(id: string, { help, error, warning }: FieldProps) {
  const helpId = `${id}-help`;
  const messagesId = `${id}-messages`;
  const invalid = sentencesOf(error).length > 0;
  const described = [help ? helpId : '', invalid || sentencesOf(warning).length > 0 ? messagesId : ''];
  return { helpId, messagesId, invalid, describedBy: described.filter(Boolean).join(' ') || undefined };
}

function Optional({ shown }: { readonly shown: boolean | undefined }) {
  return shown === true ? <span className="ml-0.5 font-normal text-muted text-xs"> optional</span> : null;
}

/** Marks a field that differs, where the page asks for marks. */
function Changed({ name }: { readonly name: string | undefined }) {
  const marks = use(FieldMarks);
  if (name === undefined || !marks.has(name)) return null;
  return <span className="ml-1.5 rounded bg-accent-soft px-1 font-normal text-accent text-xs">Changed</span>;
}

function Help({ id, help }: { readonly id: string; readonly help: ReactNode }) {
  if (!help) return null;
  return (
    <div id={id} className="mb-1.5 text-pretty text-muted text-xs">
      {help}
    </div>
  );
}

/** One or several sentences about a field; undefined or empty for none. */
type FieldMessage = string | readonly string[] | undefined;

/** Returns the sentences of a message as a list, without empty ones. */
function sentencesOf(message: FieldMessage): readonly string[] {
  const sentences = typeof message === 'string' ? [message] : (message ?? []);
  return sentences.filter((sentence) => sentence !== '');
}

/**
 * The errors and warnings of a field. The element is always rendered, because screen readers announce only changes in
 * a live region that already exists.
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
