'use client';

import { useState } from 'react';
import { Select, TextInput } from '@/components/ui/controls';
import { Field } from '@/components/ui/field';
import { pathKey, valueAt } from '@/lib/plane/json/json-path';
import { absentObservabilityPlane } from '@/lib/plane/registration/default-plane';
import {
  observabilityChoice,
  observabilityChoices,
  referenceValue,
} from '@/lib/plane/registration/observability-choices';
import { type FieldMessages, type FieldProps, problemMessages, useFields } from './fields-context';

const NONE = '';
const TYPED = 'typed';

/** Chooses the observability plane that a plane refers to: an existing one, none, or the name of a future one. */
export function ObservabilityPlaneField({ field, action }: FieldProps) {
  const { draft, kind, namespace, planes, onSpecChange, onLeave, problemsAt } = useFields();
  const draftPath = ['spec', ...field.path];
  const [wantsTyping, setWantsTyping] = useState(false);
  const value = valueAt(draft.spec, field.path);
  const chosen = observabilityChoice(value);
  const choices = observabilityChoices(field.node, namespace, planes);
  const isKnown = chosen !== null && choices.planes.some((plane) => plane.key === chosen.key);
  const isTyped = wantsTyping || (chosen !== null && !isKnown);
  const messages = problemMessages(
    [draftPath, [...draftPath, 'name'], [...draftPath, 'kind']].flatMap((path) => problemsAt(path)),
  );
  const set = (kindName: string, name: string) =>
    onSpecChange(field.path, referenceValue(field.node, kindName, name));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only observes that the focus left.
    <div onBlur={() => onLeave(draftPath)} className="grid min-w-0 gap-2">
      <Field
        name={pathKey(draftPath)}
        label={field.label}
        help={
          field.required || value !== undefined
            ? field.help
            : `${field.help ?? ''} Without one, ${absentObservabilityPlane(kind.entry, namespace, planes)}.`.trim()
        }
        optional={!field.required}
        action={action}
        {...(isTyped ? {} : messages)}
      >
        {(control) => (
          <Select
            {...control}
            value={isTyped ? TYPED : (chosen?.key ?? NONE)}
            onChange={(event) => {
              const { value: next } = event.target;
              const plane = choices.planes.find((item) => item.key === next);
              setWantsTyping(next === TYPED);
              if (plane) set(plane.kind, plane.name);
              else if (next === NONE) onSpecChange(field.path, undefined);
            }}
          >
            <option value={NONE}>{field.required ? 'Choose…' : 'Not set'}</option>
            {choices.planes.map((plane) => (
              <option key={plane.key} value={plane.key}>
                {plane.label}
              </option>
            ))}
            <option value={TYPED}>One that doesn't exist yet…</option>
          </Select>
        )}
      </Field>
      {isTyped ? (
        <TypedReference
          kinds={choices.kinds}
          kindName={chosen?.kind ?? choices.kinds[0] ?? ''}
          name={chosen?.name ?? ''}
          fieldName={pathKey([...draftPath, 'name'])}
          messages={messages}
          onChange={set}
        />
      ) : null}
    </div>
  );
}

function TypedReference({
  kinds,
  kindName,
  name,
  fieldName,
  messages,
  onChange,
}: {
  readonly kinds: readonly string[];
  readonly kindName: string;
  readonly name: string;
  readonly fieldName: string;
  readonly messages: FieldMessages;
  readonly onChange: (kind: string, name: string) => void;
}) {
  return (
    <div className="grid gap-3 border-line border-l-2 pl-4 sm:grid-cols-2">
      {kinds.length > 1 ? (
        <Field label="Plane kind">
          {(control) => (
            <Select {...control} value={kindName} onChange={(event) => onChange(event.target.value, name)}>
              {kinds.map((kind) => (
                <option key={kind} value={kind}>
                  {kind}
                </option>
              ))}
            </Select>
          )}
        </Field>
      ) : null}
      <Field name={fieldName} label="Plane name" {...messages}>
        {(control) => (
          <TextInput
            {...control}
            mono
            value={name}
            onChange={(event) => onChange(kindName, event.target.value)}
          />
        )}
      </Field>
    </div>
  );
}
