// Prints the Roles with which Planeboard's own account can read exactly the Secrets that hold CAs now.
//
// PLANEBOARD_URL or PORT says where Planeboard runs, PLANEBOARD_TOKEN who asks. The Roles cover the planes that this
// token may see. Check the names before you apply them: a plane can name any Secret.

const { PLANEBOARD_URL, PORT, PLANEBOARD_TOKEN } = process.env;
const url = new URL('/api/ca-access', PLANEBOARD_URL || `http://127.0.0.1:${PORT || 3000}`);

function stop(sentence) {
  console.error(`The Roles can't be printed: ${sentence}`);
  process.exit(1);
}

const response = await fetch(url, {
  headers: {
    accept: 'application/json',
    ...(PLANEBOARD_TOKEN ? { authorization: `Bearer ${PLANEBOARD_TOKEN}` } : {}),
  },
}).catch(() => stop(`Planeboard doesn't answer at ${url.origin}. Set PLANEBOARD_URL.`));
const answer = await response.json().catch(() => stop(`${url.origin} isn't Planeboard.`));
if (response.status === 401) stop('set PLANEBOARD_TOKEN to a token of the API server.');
if (!response.ok) stop(answer.detail ?? answer.title ?? `status ${response.status}.`);
if (answer.planes === 0) stop('no visible plane has its CA in a Secret.');
if (answer.manifest === '') stop("the API server hasn't said yet who Planeboard's account is. Try again.");
process.stdout.write(answer.manifest);
