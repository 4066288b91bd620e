/** What a person typed or set cannot be done; the message is the one sentence to show. */
export class UsageError extends Error {}
