import type { IncomingMessage } from 'node:http';

/** Largest body of a Messages request. */
export const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** The whole body as text; null when it is larger than allowed, undefined when the client left before its end. */
export function readBody(request: IncomingMessage, maxBytes = MAX_BODY_BYTES): Promise<string | null | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      // The rest is read and thrown away, so that the client gets to see the answer.
      if (bytes <= maxBytes) chunks.push(chunk);
      else chunks.length = 0;
    });
    request.once('end', () => resolve(bytes > maxBytes ? null : Buffer.concat(chunks).toString('utf8')));
    request.once('close', () => resolve(undefined));
    request.once('error', () => resolve(undefined));
  });
}
