import { config } from 'zod';

// zod probes whether it may compile schemas with `new Function`. The content security policy forbids that, and the
// browser reports the probe as a violation. The setting must precede the first schema, so every module imports `z`
// from here. The server has no such policy and keeps compiled schemas.
if (typeof window !== 'undefined') config({ jitless: true });

export * as z from './zod-functions';
