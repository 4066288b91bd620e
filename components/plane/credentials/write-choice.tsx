'use client';

import { IconLine } from '@/components/ui/notice';
import { RadioCards } from '@/components/ui/radio-cards';
import type { CredentialReplacement } from '@/lib/api/credentials';
import type { SlotState } from '@/lib/api/replacements';
import { oldValueKey } from '@/lib/plane/credentials/replacement-record';
import { sharingTexts } from '@/lib/plane/credentials/secret-sharing';
import { type ManagingTool, managingToolText } from '@/lib/plane/related/related-resources';

export type WriteMode = NonNullable<CredentialReplacement['write']>;

/** Why no new Secret can be written, as a sentence; null if one can. */
function newSecretProblem({ mayCreateSecret, sharing }: SlotState): string | null {
  return mayCreateSecret === false
    ? `You can't create Secrets in namespace ${sharing?.namespace ?? ''}.`
    : null;
}

/**
 * Returns where to write by default: a new Secret, unless it can't be created, another tool reverts the switch, or the
 * plane's own Secret is missing.
 */
export function defaultWriteMode(state: SlotState | null, managedBy: ManagingTool | null): WriteMode {
  // A missing Secret holds nothing to keep, so creating it is the smaller change.
  if (state === null || state.sharing === null || state.secretMissing) return 'in-place';
  return newSecretProblem(state) === null && managedBy === null ? 'new-secret' : 'in-place';
}

/** The choice between a new Secret and a change in place, with everyone else whom the change affects. */
export function WriteChoice({
  state,
  managedBy,
  mode,
  onChange,
}: {
  readonly state: SlotState;
  readonly managedBy: ManagingTool | null;
  readonly mode: WriteMode;
  readonly onChange: (mode: WriteMode) => void;
}) {
  const { sharing, secretMissing } = state;
  if (sharing === null) return null;
  const { namespace, name, key, users } = sharing;
  const problem = newSecretProblem(state);
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium">Where to write</legend>
      <RadioCards<WriteMode>
        value={mode}
        onChange={onChange}
        options={[
          {
            value: 'new-secret',
            title: 'A new Secret for this plane',
            description: `The plane switches to it in one step.${
              secretMissing ? '' : ` Secret ${namespace}/${name} stays until you delete it.`
            }${
              managedBy === null
                ? ''
                : ` ${managingToolText(managedBy)} manages this plane and may revert the switch.`
            }`,
            ...(problem === null ? {} : { refused: problem }),
          },
          {
            value: 'in-place',
            title: 'The same Secret',
            description: secretMissing
              ? `Secret ${namespace}/${name} doesn't exist. This creates it with key ${key}.`
              : `Changes key ${key} of Secret ${namespace}/${name}. The old value stays in key ${oldValueKey(key)} until you delete it.`,
          },
        ]}
      />
      <div className="mt-2 grid gap-1 empty:hidden">
        {mode === 'in-place' ? (
          <SharingLines state={state} />
        ) : users.length === 0 ? null : (
          <p className="text-pretty text-muted">
            {users.length === 1 ? 'The other plane that uses' : `The ${users.length} other planes that use`}{' '}
            Secret {namespace}/{name} {users.length === 1 ? 'keeps' : 'keep'} the old credential.
          </p>
        )}
      </div>
    </fieldset>
  );
}

/** Everyone else whom a change of the slot's Secret affects. Shows nothing if nobody is known. */
export function SharingLines({ state }: { readonly state: SlotState | null }) {
  const texts = state?.sharing ? sharingTexts(state.sharing) : [];
  return texts.map((text) => (
    <IconLine key={text} tone="warning">
      {text}
    </IconLine>
  ));
}
