import 'server-only';
import { processSlot } from '@/lib/server/process/process-slot';
import { openApiDocument } from './openapi-document';

/** Returns the OpenAPI document as JSON. It's the same for everyone, and made once. */
export function openApiJson(): string {
  return processSlot('openapi-json', () => ({ text: JSON.stringify(openApiDocument()) })).text;
}
