import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/** The command line or an environment variable is invalid; the message is the one sentence to show. */
export class UsageError extends Error {}

/** The values of a command's options. Throws UsageError for an unknown option or an argument. */
export function parseOptions<T extends ParseArgsOptionsConfig>(
  args: readonly string[],
  command: string,
  options: T,
) {
  try {
    return parseArgs({ args: [...args], allowPositionals: false, options }).values;
  } catch (error) {
    const first = error instanceof Error ? error.message.split(/\.\s/)[0] : String(error);
    throw new UsageError(`${first}. "${command} -- --help" lists the options.`);
  }
}
