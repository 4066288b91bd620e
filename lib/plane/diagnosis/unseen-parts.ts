import type { RelatedResources } from '@/lib/plane/related/related-resources';

/** What of a plane's surroundings could not be looked at, each with why: what is not in the findings for that reason. */
export function unseenParts({
  ca,
  observability,
  controlPlane,
  referrersNotVisible,
  referrersCutShort = [],
}: RelatedResources): string[] {
  const parts: string[] = [];
  const { source } = ca;
  if (source.from === 'secret' && source.state === 'not-visible')
    parts.push(`Secret ${source.namespace}/${source.name} with its CA, which you may not read`);
  if (source.from === 'secret' && source.state === 'unknown')
    parts.push(`Secret ${source.namespace}/${source.name} with its CA, which could not be read`);
  if (observability.state === 'not-visible') parts.push('its observability plane, which you may not see');
  if (controlPlane.state === 'not-visible')
    parts.push("the control plane's Deployments, which you may not read");
  if (controlPlane.state === 'not-found')
    parts.push("the control plane's Deployments, of which none was found");
  if (referrersNotVisible.length > 0)
    parts.push(`which ${referrersNotVisible.join(', ')} refer to it, which you may not list`);
  if (referrersCutShort.length > 0)
    parts.push(`all ${referrersCutShort.join(', ')} that may refer to it, since there are too many`);
  return parts;
}
