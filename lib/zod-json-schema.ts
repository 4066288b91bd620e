/**
 * What makes JSON Schema from schemas. Apart from `z`, because only the server needs it, and no bundler removes it from a
 * namespace that pages import.
 */
export { registry, toJSONSchema } from 'zod';
