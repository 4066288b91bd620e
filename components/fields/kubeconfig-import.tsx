'use client';

import { FileKey } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/controls';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import {
  accessOfContext,
  type ContextAccess,
  type KubeconfigContexts,
  kubeconfigContexts,
} from '@/lib/plane/credentials/kubeconfig-context';
import { joinList } from '@/lib/plane/model/text';
import { FileDrop } from './file-drop';
import { KUBECONFIG_LIMIT_BYTES, parseKubeconfigText } from './kubeconfig-yaml';
import { pasteProblem } from './read-file';
import { SecretTextArea } from './secret-input';

export interface ChosenAccess {
  readonly access: ContextAccess;
  readonly context: string;
  readonly cluster: string;
}

interface ImportProps {
  readonly takesToken: boolean;
  readonly onUse: (chosen: ChosenAccess) => string | null;
}

/**
 * Reads the credentials for direct access from a kubeconfig. Passes on only the parts of the chosen context; the rest
 * of the file is dropped when the dialog closes.
 * @param takesToken whether the installed release can sign in with a token
 * @param onUse applies the parts, or returns why they can't be used
 */
export function KubeconfigImport({ takesToken, onUse }: ImportProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="outline" onClick={() => setOpen(true)}>
        <FileKey size={14} aria-hidden="true" />
        Use a kubeconfig
      </Button>
      <Dialog open={isOpen} onClose={() => setOpen(false)} title="Use a kubeconfig">
        <KubeconfigForm
          takesToken={takesToken}
          onUse={(chosen) => {
            const problem = onUse(chosen);
            if (problem === null) setOpen(false);
            return problem;
          }}
        />
      </Dialog>
    </>
  );
}

/** Unmounted while the dialog is closed, which drops the file's content. */
function KubeconfigForm({ takesToken, onUse }: ImportProps) {
  const [text, setText] = useState('');
  const [read, setRead] = useState<ReadKubeconfig | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);

  const take = (next: string) => {
    const tooLarge = pasteProblem(next, KUBECONFIG_LIMIT_BYTES);
    setRefusal(null);
    if (tooLarge === null) setText(next);
    setRead(tooLarge === null ? readKubeconfig(next) : { problem: tooLarge });
  };
  const problem = read && 'problem' in read ? read.problem : undefined;
  return (
    <div className="grid gap-4">
      <Field
        label="Kubeconfig"
        help="Paste or drop the file. Your browser reads it and uses only the context you choose."
        error={problem}
      >
        {(control) => (
          <FileDrop
            limitBytes={KUBECONFIG_LIMIT_BYTES}
            onText={take}
            onProblem={(sentence) => setRead({ problem: sentence })}
          >
            <SecretTextArea control={control} rows={5} text={text} onChange={take} />
          </FileDrop>
        )}
      </Field>
      {read && 'contexts' in read ? (
        <ContextChoice
          read={read}
          takesToken={takesToken}
          refusal={refusal}
          onChoose={() => setRefusal(null)}
          onUse={(chosen) => setRefusal(onUse(chosen))}
        />
      ) : null}
    </div>
  );
}

type ReadKubeconfig =
  | (KubeconfigContexts & { readonly parsed: unknown })
  | { readonly problem: string | undefined };

/** Returns no problem for an empty text: an unused field isn't an error. */
function readKubeconfig(text: string): ReadKubeconfig {
  if (text.trim() === '') return { problem: undefined };
  const yaml = parseKubeconfigText(text);
  if ('problem' in yaml) return yaml;
  const contexts = kubeconfigContexts(yaml.parsed);
  return 'problem' in contexts ? contexts : { ...contexts, parsed: yaml.parsed };
}

function ContextChoice({
  read,
  takesToken,
  refusal,
  onChoose,
  onUse,
}: {
  readonly read: KubeconfigContexts & { readonly parsed: unknown };
  readonly takesToken: boolean;
  readonly refusal: string | null;
  readonly onChoose: () => void;
  readonly onUse: (chosen: ChosenAccess) => void;
}) {
  const [chosen, setChosen] = useState<string | null>(null);
  const names = read.contexts.map((context) => context.name);
  const name = [chosen, read.current, names[0]].find((item) => item && names.includes(item)) ?? '';
  const access = accessOfContext(read.parsed, name, takesToken);
  const cluster = read.contexts.find((context) => context.name === name)?.cluster ?? '';
  const problem = 'problem' in access ? access.problem : refusal;
  return (
    <>
      <Field label="Context" error={problem ?? undefined}>
        {(control) => (
          <Select
            {...control}
            value={name}
            onChange={(event) => {
              setChosen(event.target.value);
              onChoose();
            }}
          >
            {read.contexts.map((context) => (
              <option key={context.name} value={context.name}>
                {context.name}
                {context.name === read.current ? ' (current)' : ''}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {'problem' in access ? null : (
        <div role="status">
          <p className="[overflow-wrap:anywhere]">
            <span className="text-muted">Server</span> {access.server}
          </p>
          <p>
            <span className="text-muted">Imports</span> {joinList(partsOf(access))}
          </p>
        </div>
      )}
      <Button
        variant="primary"
        disabled={'problem' in access}
        onClick={() => {
          if (!('problem' in access)) onUse({ access, context: name, cluster });
        }}
      >
        Use this context
      </Button>
    </>
  );
}

function partsOf(access: ContextAccess): string[] {
  return [
    'the server address',
    ...(access.ca === undefined ? [] : ['the CA']),
    ...(access.clientCertificate === undefined ? [] : ['the client certificate']),
    ...(access.clientKey === undefined ? [] : ['the private key']),
    // Beside a client certificate, a token isn't used.
    ...(access.token === undefined || access.clientCertificate !== undefined ? [] : ['the token']),
  ];
}
