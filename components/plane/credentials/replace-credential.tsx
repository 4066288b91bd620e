'use client';

import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { useCertificateInspection } from '@/components/fields/use-certificate-inspection';
import type { CurrentPlane } from '@/components/plane/use-current-plane';
import { Button, ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { credentialPlace, placeText } from '@/lib/plane/credentials/credential-place';
import {
  type CredentialSlot,
  isCertificatePurpose,
  slotLabel,
} from '@/lib/plane/credentials/credential-slot';
import { materialProblem } from '@/lib/plane/credentials/recognise-material';
import { isJsonObject } from '@/lib/plane/json/json';
import { planePath } from '@/lib/plane/model/plane-path';
import { CurrentCertificates, NewCertificateInput, NewSecretInput } from './credential-inputs';
import { InterruptedReplacement } from './interrupted-replacement';
import { LastReplacement, settlementChoices } from './last-replacement';
import { replacedText, useCredentialReplacement } from './use-credential-replacement';
import { useSlotState } from './use-replacement-states';
import { defaultWriteMode, WriteChoice, type WriteMode } from './write-choice';
import { WriteReview } from './write-review';

/**
 * Replaces any credential but the agent's certificate: a CA, a client certificate with its key, a token or a
 * password. Never shows a secret, neither the old nor the new one.
 *
 * @param keySlot the slot of a client certificate's private key
 */
export function ReplaceCredential({
  current,
  slot,
  keySlot,
}: {
  readonly current: CurrentPlane;
  readonly slot: CredentialSlot;
  readonly keySlot: CredentialSlot | null;
}) {
  const {
    row: { plane },
    detail,
    related,
  } = current;
  const [text, setText] = useState('');
  const [key, setKey] = useState('');
  const [chosenMode, setChosenMode] = useState<WriteMode | null>(null);
  const replacement = useCredentialReplacement(plane, () => {
    setText('');
    setKey('');
  });
  const { state, isSettled } = useSlotState(plane, slot.id);
  const managedBy = related.value?.managedBy ?? null;
  const mode = chosenMode ?? defaultWriteMode(state, managedBy);
  const spec = isJsonObject(detail?.spec) ? detail.spec : {};
  const place = credentialPlace(spec, slot, plane);
  const isUsable = text !== '' && materialProblem(slot.purpose, text) === null;
  const isKeyUsable = key === '' || (keySlot !== null && materialProblem(keySlot.purpose, key) === null);
  const purpose = isCertificatePurpose(slot.purpose) ? slot.purpose : null;
  const inspection = useCertificateInspection(
    purpose !== null && isUsable
      ? {
          purpose,
          certificate: { text },
          ...(key !== '' && isKeyUsable ? { privateKey: { text: key } } : {}),
        }
      : null,
  );
  const stored = useCertificateInspection(
    purpose === null || place.at === 'absent' || place.at === 'nowhere'
      ? null
      : {
          purpose,
          certificate: place.at === 'inline' ? { text: place.text } : { secret: place.secret },
        },
  );
  const name = slotLabel(slot);
  const edit = (change: () => void) => {
    change();
    replacement.reset();
  };
  const { phase } = replacement.state;
  if (phase === 'written') {
    return (
      <Card title={replacement.state.answer.isSame ? 'Same as before' : 'Replaced'}>
        <p role="status" className="flex items-start gap-2">
          <CircleCheck size={15} aria-hidden="true" className="mt-0.5 shrink-0 text-healthy" />
          <span className="text-pretty">{replacedText(name, replacement.state.answer)}</span>
        </p>
        {replacement.state.answer.warnings.map((warning) => (
          <p key={warning} className="mt-2 text-pretty text-degraded">
            {warning}
          </p>
        ))}
        <div className="mt-4 flex flex-wrap gap-2">
          <ButtonLink href={planePath(plane)}>Back to the plane</ButtonLink>
          <Button variant="outline" onClick={replacement.reset}>
            Replace again
          </Button>
        </div>
        {state?.finished ? (
          <div className="mt-4 border-line border-t pt-3">
            <LastReplacement
              plane={plane}
              slot={slot.id}
              finished={state.finished}
              onRestored={replacement.reset}
            />
          </div>
        ) : null}
      </Card>
    );
  }
  if (place.at === 'absent' || place.at === 'nowhere') {
    return (
      <Card title={`Replace ${name}`}>
        <p className="text-pretty">{placeText(place)} Edit the plane to set where it's stored.</p>
        <div className="mt-3">
          <ButtonLink href={`${planePath(plane)}?edit=form`} variant="outline">
            Edit plane
          </ButtonLink>
        </div>
      </Card>
    );
  }
  const form = (
    <Card title={`Replace ${name}`}>
      <div className="grid gap-4">
        <p className="text-pretty text-muted">
          {placeText(place)} {purpose === null ? "The current value isn't shown." : ''}
        </p>
        {purpose === null ? (
          <NewSecretInput
            slot={slot}
            label={`New ${name}`}
            text={text}
            onChange={(next) => edit(() => setText(next))}
          />
        ) : (
          <div className="grid items-start gap-4 lg:grid-cols-2">
            <CurrentCertificates
              title="Current certificate"
              certificates={stored?.state === 'read' ? stored.answer.certificates : []}
              unknown={
                stored?.state === 'unreachable'
                  ? `The current certificate couldn't be read. ${stored.reason}`
                  : stored?.state === 'read'
                    ? (stored.answer.findings[0]?.message ?? 'No readable certificate is stored.')
                    : 'Reading…'
              }
            />
            <NewCertificateInput
              slot={slot}
              label={`New ${name}`}
              text={text}
              inspection={inspection}
              error={undefined}
              onChange={(next) => edit(() => setText(next))}
            />
          </div>
        )}
        {keySlot === null ? null : (
          <NewSecretInput
            slot={keySlot}
            label="New private key"
            help="The current key belongs to the old certificate. Leave this empty only if the new certificate uses the same key."
            optional
            text={key}
            onChange={(next) => edit(() => setKey(next))}
          />
        )}
        {state === null ? null : (
          <WriteChoice
            state={state}
            managedBy={managedBy}
            mode={mode}
            onChange={(next) => edit(() => setChosenMode(next))}
          />
        )}
        {phase === 'idle' || phase === 'failed' ? (
          <div>
            <Button
              variant="primary"
              disabled={!isUsable || !isKeyUsable || !isSettled}
              onClick={() =>
                replacement.check({
                  slot: slot.id,
                  action: 'replace',
                  text,
                  ...(place.at === 'secret' ? { write: mode } : {}),
                  ...(key === '' ? {} : { key: { text: key } }),
                })
              }
            >
              Review change
            </Button>
          </div>
        ) : null}
        <WriteReview
          replacement={replacement}
          verb={`Replace ${name}`}
          current={current}
          slot={slot}
          keySlot={keySlot}
          shownWarnings={
            inspection?.state === 'read' ? inspection.answer.findings.map(({ message }) => message) : []
          }
        />
      </div>
    </Card>
  );
  return (
    <>
      {state?.unfinished ? (
        <InterruptedReplacement plane={plane} slot={slot.id} name={name} unfinished={state.unfinished} />
      ) : null}
      {state?.finished && settlementChoices(state.finished).length > 0 ? (
        <Card title="Last replacement">
          <LastReplacement plane={plane} slot={slot.id} finished={state.finished} />
        </Card>
      ) : null}
      {form}
    </>
  );
}
