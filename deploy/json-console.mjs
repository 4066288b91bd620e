import { inspect, stripVTControlCharacters } from 'node:util';

/**
 * Writes everything that goes to the console as JSON lines, in the format of Planeboard's own log. Next.js and Node
 * write there: text with colors and stacks of many lines, which log collectors would split. Load it before Next.js.
 */

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
const LEVEL_OF_METHOD = {
  debug: 'debug',
  error: 'error',
  info: 'info',
  log: 'info',
  trace: 'debug',
  warn: 'warn',
};
const MAX_TEXT_LENGTH = 10_000;
/** Lines are dropped when this much waits for a reader that is stuck, as those of Planeboard's own log. */
const MAX_WAITING_BYTES = 1024 * 1024;
const minimum = LEVELS.indexOf(process.env.PLANEBOARD_LOG_LEVEL || 'info');

/** A wall link's token, which Next.js would repeat with the address of a failed request. */
const TOKEN = /([?&]token=)[^&\s"'`]+/gi;

function clean(text) {
  return stripVTControlCharacters(text).slice(0, MAX_TEXT_LENGTH).replace(TOKEN, '$1...').trim();
}

/** Whether a reader or sender has closed its connection, which is no error of the server. */
function isAborted({ name, code, message }) {
  return (
    (code === 'ECONNRESET' && message === 'aborted') || name === 'AbortError' || name === 'ResponseAborted'
  );
}

function write(level, parts) {
  const error = parts.find((part) => part instanceof Error);
  const actual = error && isAborted(error) ? 'debug' : level;
  if (LEVELS.indexOf(actual) < minimum || process.stdout.writableLength > MAX_WAITING_BYTES) return;
  const texts = parts
    .filter((part) => part !== error)
    .map((part) => clean(typeof part === 'string' ? part : inspect(part, { depth: 4 })));
  const msg = texts.filter((text) => text !== '').join(' ');
  if (msg === '' && !error) return;
  const line = { level: actual, time: new Date().toISOString() };
  if (error) {
    const { name, code } = error;
    const message = clean(error.message);
    line.err = {
      type: name,
      message,
      ...(code === undefined ? {} : { code }),
      stack: clean(error.stack ?? ''),
    };
    if (isAborted(error)) line.msg = 'a client closed its connection';
    else line.msg = msg === '' || msg === '⨯' ? message : msg;
  } else line.msg = msg;
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

for (const [method, level] of Object.entries(LEVEL_OF_METHOD))
  console[method] = (...parts) => write(level, parts);

// A reader of the output that is gone doesn't end the server.
process.stdout.on('error', () => {});

// Node prints warnings itself, unless only others listen.
process.removeAllListeners('warning');
process.on('warning', (warning) => write('warn', [warning]));
