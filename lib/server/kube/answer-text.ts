import 'server-only';
import { KubeError } from './kube-error';

/**
 * Reads the body of an answer as text, no further than a limit: a proxy in front of the API server may send anything.
 *
 * @throws KubeError `bad-answer` when it's larger
 */
export async function answerText(body: AsyncIterable<Uint8Array>, limitBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let bytes = 0;
  // Leaving the loop ends the body.
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > limitBytes)
      throw new KubeError('bad-answer', 'The API server sent an answer that is too large.');
    parts.push(decoder.decode(chunk, { stream: true }));
  }
  return parts.join('') + decoder.decode();
}
