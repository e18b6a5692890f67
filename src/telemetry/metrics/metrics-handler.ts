import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type Registry } from 'prom-client';

/**
 * Answers GET /metrics in Prometheus' text format, for a process that listens for nothing else.
 * @param readMore more of the same format, from elsewhere in the process; never rejects.
 */
export function createMetricsHandler(registry: Registry, readMore: () => Promise<string>) {
  const render = async (): Promise<string> => `${await registry.metrics()}${await readMore()}`;
  return function handleMetrics({ method, url }: IncomingMessage, response: ServerResponse): void {
    if (method !== 'GET' || url !== '/metrics') {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('There is only GET /metrics here.\n');
      return;
    }
    render().then(
      (text) => response.writeHead(200, { 'Content-Type': registry.contentType }).end(text),
      () => response.writeHead(500, { 'Content-Type': 'text/plain' }).end('The metrics could not be read.\n'),
    );
  };
}
