import { type Agent } from 'node:http';
import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/**
 * Bounds how long the agent's new connections may take, TLS handshake included. A connection that takes longer fails
 * with ETIMEDOUT on `connect`, which proves that no request was sent; the time-out of a whole request proves nothing.
 */
export function limitConnectTime(agent: Agent, connectTimeoutMs: number): void {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = function createConnectionInTime(options, callback) {
    const socket = connect(options, callback);
    if (socket instanceof Socket) {
      destroyUnlessConnected(socket, connectTimeoutMs);
    }
    return socket;
  };
}

function destroyUnlessConnected(socket: Socket, connectTimeoutMs: number): void {
  const timer = setTimeout(() => {
    const error = new Error(`no connection within ${connectTimeoutMs} ms`);
    socket.destroy(Object.assign(error, { code: 'ETIMEDOUT', syscall: 'connect' }));
  }, connectTimeoutMs);
  const stop = () => clearTimeout(timer);
  socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', stop);
  socket.once('close', stop);
}
