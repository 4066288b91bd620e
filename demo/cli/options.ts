import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/** An invalid command line or environment variable. The message is one sentence for the user. */
export class UsageError extends Error {}

/**
 * Parses a command's options.
 *
 * @throws UsageError for an unknown option or a positional argument
 */
export function parseOptions<T extends ParseArgsOptionsConfig>(
  args: readonly string[],
  command: string,
  options: T,
) {
  try {
    return parseArgs({ args: [...args], allowPositionals: false, options }).values;
  } catch (error) {
    const first = error instanceof Error ? error.message.split(/\.\s/)[0] : String(error);
    throw new UsageError(`${first}. Run "${command} -- --help" for the options.`);
  }
}
