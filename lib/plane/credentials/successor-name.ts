import { MAX_NAME_LENGTH } from '@/lib/plane/model/names';

/** A number that an earlier replacement appended. Larger ones are more likely a date or part of the name. */
const NUMBERED = /^(.+)-([2-9]|[1-9]\d{1,2})$/;

/** Proposes names for the Secret that replaces another: `prod-access-2`, then `prod-access-3`, and so on. */
export function* successorNames(name: string): Generator<string, never> {
  const [, base = name, number = '1'] = NUMBERED.exec(name) ?? [];
  for (let next = Number(number) + 1; ; next += 1) {
    const suffix = `-${next}`;
    yield `${base.slice(0, MAX_NAME_LENGTH - suffix.length).replace(/[-.]+$/, '')}${suffix}`;
  }
}
