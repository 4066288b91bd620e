'use client';

import { Pencil } from 'lucide-react';
import {
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { ManagedWrite } from '@/components/plane/managed-write';
import type { InlineValue } from '@/components/plane/save-value';
import { useValueChange } from '@/components/plane/use-value-change';
import { Button } from '@/components/ui/button';
import { TextInput } from '@/components/ui/controls';
import { FieldMessages } from '@/components/ui/field';
import type { Plane } from '@/lib/plane/model/plane';
import { PLANE_TEXTS, type PlaneTextField } from '@/lib/plane/model/plane-texts';
import { lowerFirst } from '@/lib/plane/model/text';

const VALUES: Record<PlaneTextField, InlineValue<string>> = {
  displayName: inlineValue('displayName'),
  description: inlineValue('description'),
  owner: inlineValue('owner'),
  runbookUrl: inlineValue('runbookUrl'),
};

function inlineValue(field: PlaneTextField): InlineValue<string> {
  return {
    textOf: (plane) => plane[field] ?? '',
    textAfter: (text) => text.trim(),
    changes: (text) => ({ [field]: text.trim() === '' ? null : text.trim() }),
    theirs: (plane) => (plane[field] === undefined ? 'removed it' : `changed it to "${plane[field]}"`),
    howToOverride: 'Save again to overwrite it.',
  };
}

/** A text of the plane with a pencil beside it. Enter saves, Escape cancels, and an empty text removes it. */
export function InlineText({
  plane,
  field,
  children,
}: {
  readonly plane: Plane;
  readonly field: PlaneTextField;
  /** The text as the page shows it; absent if the plane has none. */
  readonly children: ReactNode;
}) {
  const [editing, setEditing] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  useEffect(() => {
    if (wasEditing.current && !editing) pencil.current?.focus();
    wasEditing.current = editing;
  }, [editing]);
  if (editing) {
    return (
      <>
        <div className="sr-only">{children}</div>
        <InlineForm plane={plane} field={field} onEnd={() => setEditing(false)} />
      </>
    );
  }
  const has = plane[field] !== undefined && plane[field] !== '';
  const label = lowerFirst(PLANE_TEXTS[field].label);
  return (
    <div className="flex min-w-0 items-start gap-1">
      {children}
      <Button
        ref={pencil}
        icon={has || field === 'displayName'}
        aria-label={has || field === 'displayName' ? `Edit ${label}` : undefined}
        title={`Edit ${label}`}
        className="-my-1 shrink-0"
        onClick={() => setEditing(true)}
      >
        <Pencil size={13} aria-hidden="true" />
        {has || field === 'displayName' ? null : `Add ${label}`}
      </Button>
    </div>
  );
}

function InlineForm({
  plane,
  field,
  onEnd,
}: {
  readonly plane: Plane;
  readonly field: PlaneTextField;
  readonly onEnd: () => void;
}) {
  const { state, begin, save } = useValueChange(plane, VALUES[field]);
  const [text, setText] = useState(plane[field] ?? '');
  const [tried, setTried] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const messagesId = useId();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the edit replaces the value that it began with.
  useEffect(() => {
    begin();
    input.current?.select();
  }, []);
  const { label, placeholder, problem, annotation } = PLANE_TEXTS[field];
  const isSame = text.trim() === (plane[field] ?? '');
  const problemText = isSame ? null : problem(text);
  const { isSaving: busy } = state;
  const message = (tried ? problemText : null) ?? state.message;
  const submit = (evenIfManaged: boolean) => {
    if (busy) return;
    setTried(true);
    if (isSame) onEnd();
    else if (problemText === null) save(text, { evenIfManaged, onSaved: onEnd });
  };
  return (
    <form
      className="max-w-prose"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        submit(false);
      }}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key === 'Escape' && !busy) onEnd();
      }}
    >
      <div className="flex flex-wrap items-center gap-2">
        <TextInput
          ref={input}
          aria-label={label}
          placeholder={placeholder}
          aria-describedby={messagesId}
          aria-invalid={message === undefined ? undefined : true}
          className="min-w-40 flex-1"
          spellCheck={field !== 'runbookUrl'}
          readOnly={busy}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" variant="primary" disabled={busy}>
          {busy ? 'Saving…' : 'Save'}
        </Button>
        <Button onClick={onEnd} disabled={busy}>
          Cancel
        </Button>
      </div>
      <FieldMessages id={messagesId} error={message} warning={undefined} />
      {state.isManaged ? (
        <ManagedWrite
          plane={plane}
          annotations={{ [annotation]: text.trim() === '' ? null : text.trim() }}
          verb="Save"
          onWrite={() => submit(true)}
        />
      ) : null}
    </form>
  );
}
