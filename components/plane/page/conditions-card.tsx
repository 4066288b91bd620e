'use client';

import { clsx } from 'clsx';
import { Check, CircleHelp, X } from 'lucide-react';
import { Card } from '@/components/ui/card';
import { Age } from '@/components/ui/time';
import type { Condition } from '@/lib/plane/model/plane';

/**
 * Every condition as the controllers wrote it, with long messages in full.
 *
 * @param conditions null if the resource can't be read
 */
export function ConditionsCard({ conditions }: { readonly conditions: readonly Condition[] | null }) {
  if (conditions === null) {
    return (
      <Card title="Conditions">
        <p className="text-muted">Unknown: the resource can't be read.</p>
      </Card>
    );
  }
  return (
    <Card title="Conditions" flush={conditions.length > 0}>
      {conditions.length === 0 ? (
        <p className="text-muted">No conditions reported.</p>
      ) : (
        <table className="w-full max-sm:block">
          <thead className="text-left text-muted text-xs max-sm:hidden">
            <tr className="[&>th]:h-8 [&>th]:border-line [&>th]:border-b [&>th]:px-4 [&>th]:font-medium">
              <th scope="col">Condition</th>
              <th scope="col">Status</th>
              <th scope="col">Reason and message</th>
              <th scope="col" className="text-right">
                For
              </th>
            </tr>
          </thead>
          <tbody className="max-sm:block">
            {conditions.map((condition) => (
              <ConditionRow key={condition.type} condition={condition} />
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

function ConditionRow({ condition }: { readonly condition: Condition }) {
  return (
    <tr className="align-top not-last:[&>*]:border-line not-last:[&>*]:border-b max-sm:grid max-sm:grid-cols-[1fr_auto] max-sm:border-line max-sm:border-b max-sm:py-2 max-sm:last:border-b-0 [&>*]:px-4 [&>*]:py-2.5 max-sm:[&>*]:border-b-0! max-sm:[&>*]:py-0.5">
      <th scope="row" className="text-left font-medium">
        {condition.type}
      </th>
      <td>
        <ConditionStatus status={condition.status} />
      </td>
      <td className="max-w-0 break-words max-sm:col-span-2 max-sm:max-w-none sm:w-full">
        {condition.reason ? <div>{condition.reason}</div> : null}
        {condition.message ? <div className="text-pretty text-muted">{condition.message}</div> : null}
      </td>
      <td className="text-muted max-sm:col-span-2 sm:text-right">
        <span className="sm:hidden">For </span>
        <Age at={condition.lastTransitionTime} coarse />
      </td>
    </tr>
  );
}

const STATUS = {
  True: { Icon: Check, tone: 'text-ink' },
  False: { Icon: X, tone: 'text-degraded font-medium' },
  Unknown: { Icon: CircleHelp, tone: 'text-muted' },
} as const;

function ConditionStatus({ status }: { readonly status: Condition['status'] }) {
  const { Icon, tone } = STATUS[status];
  return (
    <span className={clsx('inline-flex items-center gap-1.5', tone)}>
      <Icon size={14} aria-hidden="true" />
      {status}
    </span>
  );
}
