import 'server-only';
import type { RegisteredObject } from '@/lib/api/registration';
import { capital } from '@/lib/server/kube/object-problem';
import type { RollBack } from './roll-back';
import type { FailedStep } from './write-steps';

/** What happened, what is left, why, and what to do, in plain words. */
export function failureDetail({ problem, planned }: FailedStep, { remains, leftBecause }: RollBack): string {
  const { removed, left, unsure } = remains;
  const sentences = ['The plane was not registered.', problem.detail];
  if (unsure.length > 0) {
    sentences[0] = 'The registration did not come to its end.';
    sentences.push(`Whether ${planned.words} was written is not known, as the API server's answer was lost.`);
  }
  if (removed.length > 0) {
    sentences.push(`${capital(listed(removed))}, written just before, ${were(removed)} removed again.`);
  }
  if (left.length > 0) {
    const why = leftBecause === null ? '' : `, ${leftBecause}`;
    sentences.push(
      `${capital(listed(left))} ${were(left)} written and ${left.length > 1 ? 'are' : 'is'} still there${why}.`,
    );
  }
  if (left.length === 0 && unsure.length === 0) sentences.push('Nothing is left over.');
  else
    sentences.push(
      'Send the same registration again: it continues where it stopped, and makes no second plane.',
    );
  return sentences.join(' ');
}

function listed(objects: readonly RegisteredObject[]): string {
  return objects
    .map(
      ({ kind, namespace, name }) => `the ${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`,
    )
    .join(' and ');
}

function were(objects: readonly RegisteredObject[]): string {
  return objects.length > 1 ? 'were' : 'was';
}
