'use client';

import { objectYaml } from '@/components/plane/edit/yaml/edited-yaml';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { YamlText } from '@/components/ui/yaml-text';
import { type EditSession, textOf } from './edit-session';
import { storableEdit } from './edit-storage';

/** An edit whose plane is gone: what was typed, to be taken along. */
export function UnsavedEdit({ session }: { readonly session: EditSession }) {
  const { text, withoutSecrets } = shownEdit(session);
  return (
    <Card
      title="Your edit, which was not saved"
      actions={<CopyButton label="Copy the YAML" showLabel text={text} />}
    >
      {withoutSecrets ? (
        <p className="mb-2 text-pretty text-muted">Secrets that you typed are left out.</p>
      ) : null}
      <YamlText yaml={text} label="Your edit as YAML" className="max-h-96" />
    </Card>
  );
}

/** A text that cannot be read is in sight in the editor as well; of a form's secrets nothing was ever to be seen. */
function shownEdit(session: EditSession): { readonly text: string; readonly withoutSecrets: boolean } {
  if (session.unreadable) return { text: textOf(session), withoutSecrets: false };
  const { object, lostSecrets } = storableEdit(session);
  return { text: objectYaml(object), withoutSecrets: lostSecrets };
}
