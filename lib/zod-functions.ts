/**
 * The functions and types of zod that Planeboard uses. Its own namespace has more than a hundred others and messages in
 * fifty languages, and no bundler removes what a namespace might be asked for.
 */

export type { core, infer, ZodType } from 'zod';
export {
  array,
  bigint,
  boolean,
  discriminatedUnion,
  enum,
  lazy,
  literal,
  looseObject,
  map,
  NEVER,
  null,
  number,
  object,
  preprocess,
  record,
  strictObject,
  string,
  tuple,
  union,
  unknown,
  uuid,
} from 'zod';
