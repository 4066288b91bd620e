'use client';

import { type ReactNode, useId } from 'react';
import { TextInput } from '@/components/ui/controls';
import { Field } from '@/components/ui/field';
import type { Credential } from '@/lib/plane/credentials/credential';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { type JsonPath, pathKey } from '@/lib/plane/json/json-path';
import { useFields, useMessages } from './fields-context';

/**
 * Input for the namespace, name or key of a Secret reference.
 * @param known suggestions; any other text is allowed too
 */
export function SecretRefField({
  slot,
  credential,
  part,
  label,
  help,
  optional,
  known,
  onChange,
  onLeave,
}: {
  readonly slot: CredentialSlot;
  readonly credential: Credential;
  readonly part: 'namespace' | 'name' | 'key';
  readonly label: string;
  readonly help?: ReactNode;
  readonly optional?: boolean;
  readonly known?: readonly string[] | undefined;
  readonly onChange: (part: Partial<Credential>) => void;
  readonly onLeave: (path: JsonPath) => void;
}) {
  const { namespace, namespaces } = useFields();
  const listId = useId();
  const path = ['credentials', slot.id, part];
  const suggestions = known ?? (part === 'namespace' ? (namespaces ?? []) : []);
  return (
    <Field name={pathKey(path)} label={label} help={help} optional={optional} {...useMessages(path)}>
      {(control) => (
        <>
          <TextInput
            {...control}
            mono
            value={credential[part]}
            placeholder={part === 'namespace' ? namespace : undefined}
            list={suggestions.length > 0 ? listId : undefined}
            onChange={(event) => onChange({ [part]: event.target.value })}
            onBlur={() => onLeave(path)}
          />
          {suggestions.length > 0 ? (
            <datalist id={listId}>
              {suggestions.map((name) => (
                <option key={name} value={name} />
              ))}
            </datalist>
          ) : null}
        </>
      )}
    </Field>
  );
}
