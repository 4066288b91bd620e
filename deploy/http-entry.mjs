import http from 'node:http';

/**
 * Puts Planeboard's guard between Node's HTTP server and Next.js, which creates the server itself. Load this module
 * before Next.js. The rules are in lib/server/http/entry; they are registered at the start, and requests that arrive
 * earlier wait for them. See docs/decisions/023-the-http-entry.md.
 */

/** The events with which Node hands a request over. */
const REQUEST_EVENTS = new Set(['request', 'upgrade', 'checkContinue']);

const entry = { guard: null, waiting: [] };
globalThis[Symbol.for('planeboard.http-entry')] = entry;

const { createServer } = http;
http.createServer = (...args) => {
  const server = createServer(...args);
  const emit = server.emit.bind(server);
  server.emit = (event, ...details) => {
    if (!REQUEST_EVENTS.has(event)) return emit(event, ...details);
    const pass = () => emit(event, ...details);
    if (entry.guard) entry.guard(event, details, pass);
    else entry.waiting.push([event, details, pass]);
    return true;
  };
  // Without a listener, Node asks for the body of a request before anything can refuse it. The guard asks for it.
  server.on('checkContinue', (request, response) => emit('request', request, response));
  return server;
};
