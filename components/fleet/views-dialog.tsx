'use client';

import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { TextInput } from '@/components/ui/controls';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { type SavedView, storeViews, viewNameProblem, withoutView, withView } from './saved-views';

/** The dialog that saves the current view under a name, and lists those that are saved. */
export function ViewsDialog({
  open,
  search,
  views,
  onClose,
}: {
  readonly open: boolean;
  /** The query of the current view. */
  readonly search: string;
  readonly views: readonly SavedView[];
  readonly onClose: () => void;
}) {
  return (
    <Dialog open={open} onClose={onClose} title="Views" firstFocus="input">
      <SaveForm search={search} views={views} onSaved={onClose} />
      {views.length === 0 ? null : (
        <ul aria-label="Saved views" className="mt-4 divide-y divide-line rounded-lg border border-line">
          {views.map(({ name, search: saved }) => (
            <li key={name} className="flex items-center gap-2 px-3 py-1.5">
              <span className="min-w-0 flex-1 truncate">{name}</span>
              <CopyButton label={`Copy link to ${name}`} text={() => `${window.location.origin}/${saved}`} />
              <Button
                icon
                aria-label={`Delete ${name}`}
                title="Delete"
                onClick={() => storeViews(withoutView(views, name))}
              >
                <Trash2 size={14} aria-hidden="true" />
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function SaveForm({
  search,
  views,
  onSaved,
}: {
  readonly search: string;
  readonly views: readonly SavedView[];
  readonly onSaved: () => void;
}) {
  const [name, setName] = useState('');
  const [isTried, setIsTried] = useState(false);
  const problem = viewNameProblem(name, views);
  const replaces = views.some((one) => one.name === name.trim());
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setIsTried(true);
        if (problem !== null) return;
        storeViews(withView(views, { name: name.trim(), search }));
        onSaved();
      }}
    >
      <Field
        label="Name of the current view"
        help={
          replaces
            ? 'Replaces the saved view of this name.'
            : 'Search, filters, order, groups and label columns are saved in this browser.'
        }
        {...(isTried && problem !== null ? { error: problem } : {})}
      >
        {(control) => (
          <TextInput {...control} value={name} onChange={({ target }) => setName(target.value)} />
        )}
      </Field>
      <div className="mt-3 flex justify-end">
        <Button type="submit" variant="primary">
          Save view
        </Button>
      </div>
    </form>
  );
}
