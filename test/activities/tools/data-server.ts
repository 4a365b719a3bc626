import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived. */
export interface Arrived {
  readonly method: string;
  /** As sent, with its query. */
  readonly target: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Writes the answer; one that never ends it leaves the client waiting. */
export type Answer = (request: Arrived, response: ServerResponse) => void;

export interface DataServer {
  readonly url: string;
  readonly host: string;
  readonly arrived: Arrived[];
  answer: Answer;
  readonly close: () => Promise<void>;
}

/** A real HTTP server that answers as the test says. */
export async function startDataServer(answer: Answer = json({})): Promise<DataServer> {
  const arrived: Arrived[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: target = '/', headers } = request;
      const seen = { method, target, url: new URL(target, 'http://service'), headers, body: Buffer.concat(chunks).toString() };
      arrived.push(seen);
      started.answer(seen, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const started: DataServer = {
    url: `http://${host}`,
    host,
    arrived,
    answer,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return started;
}

/** Answers with this value. */
export function json(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Answer {
  return text(JSON.stringify(value), status, { 'content-type': 'application/json', ...headers });
}

/** Answers with this text. */
export function text(body: string, status = 200, headers: Readonly<Record<string, string>> = {}): Answer {
  return (_, response) => {
    response.writeHead(status, headers);
    response.end(body);
  };
}
