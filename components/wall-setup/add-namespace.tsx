'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { TextInput } from '@/components/ui/controls';
import { Field } from '@/components/ui/field';
import { namespaceProblem } from '@/lib/plane/wall/wall-form-problems';

/** A namespace in which there is no plane yet can be shown too. */
export function AddNamespace({ onAdd }: { readonly onAdd: (namespace: string) => void }) {
  const [name, setName] = useState('');
  const [tried, setTried] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const namespace = name.trim();
    if (namespaceProblem(namespace) !== undefined) {
      setTried(true);
      return;
    }
    onAdd(namespace);
    setName('');
    setTried(false);
  };
  return (
    <form onSubmit={submit} className="mt-1 max-w-sm">
      <Field label="Another namespace" error={tried ? namespaceProblem(name.trim()) : undefined}>
        {(control) => (
          <span className="flex gap-2">
            <TextInput {...control} mono value={name} onChange={(event) => setName(event.target.value)} />
            <Button type="submit" variant="outline" className="h-9">
              Add
            </Button>
          </span>
        )}
      </Field>
    </form>
  );
}
