import { config } from 'zod';

// zod tries whether it may compile its schemas with `new Function`. The content security policy refuses that, rightly,
// and the browser reports it as a violation. It must be told before the first schema is made, so this comes first among
// the imports; the server, which has no such policy, keeps the compiled schemas.
if (typeof window !== 'undefined') config({ jitless: true });
