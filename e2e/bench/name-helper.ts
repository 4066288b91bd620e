/**
 * The loader that runs this TypeScript marks functions with a helper of its own, which a function sent to a page does
 * not find there.
 */
export const NAME_HELPER = 'globalThis.__name ??= (value) => value;';
