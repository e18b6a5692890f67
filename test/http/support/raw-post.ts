import { request } from 'node:http';

export interface RawRequest {
  readonly path: string;
  readonly body: string | Buffer;
  /** Any header, `Host` too, which fetch would not let through. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
}

/** Posts byte for byte what it is given, on a connection of its own. @returns status and body of the answer. */
export function rawPost(
  origin: string,
  { path, body, headers }: RawRequest,
): Promise<{ status: number; text: string }> {
  const bytes = Buffer.from(body);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      origin,
      { path, method: 'POST', agent: false, headers: { ...headers, 'Content-Length': bytes.length } },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
        answer.on('error', reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.end(bytes);
  });
}
