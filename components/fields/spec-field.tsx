'use client';

import type { ReactNode } from 'react';
import { CredentialInput } from './credential-input';
import type { FieldProps } from './field-props';
import { GroupField } from './group-field';
import { LeafField } from './leaf-field';
import { ListField } from './list-field';
import { MapField } from './map-field';
import { ObservabilityPlaneField } from './observability-plane-field';

/** One field of a spec with all that stands in it. */
export function SpecField(props: FieldProps) {
  const { field } = props;
  switch (field.kind) {
    case 'group':
      return <GroupField {...props} renderField={renderField} />;
    case 'list':
      return <ListField {...props} renderField={renderField} />;
    case 'map':
      return <MapField {...props} />;
    case 'observability-plane':
      return <ObservabilityPlaneField {...props} />;
    case 'credential':
      return field.slot ? (
        <CredentialInput slot={field.slot} label={field.label} help={field.help} required={field.required} />
      ) : null;
    default:
      return <LeafField {...props} />;
  }
}

function renderField(props: FieldProps): ReactNode {
  return <SpecField {...props} />;
}
