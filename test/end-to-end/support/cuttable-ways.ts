import { startTcpProxy, type TcpProxy } from '../../../src/local/tcp-proxy';
import { type DeploymentOptions } from './deployment';

/** The ways from a deployment's processes to its servers. The proxies are there once the deployment has started. */
export interface CuttableWays {
  readonly routes: NonNullable<DeploymentOptions['routes']>;
  postgres(): TcpProxy;
  temporal(): TcpProxy;
  /** Lets everything through again. */
  restore(): void;
  /** After the deployment has stopped. */
  stop(): Promise<void>;
}

export function createCuttableWays(): CuttableWays {
  const proxies = new Map<string, TcpProxy>();
  const open = async (name: string, host: string, port: string): Promise<string> => {
    const proxy = await startTcpProxy({ host, port: Number(port) });
    proxies.set(name, proxy);
    return `127.0.0.1:${proxy.port}`;
  };
  const find = (name: string): TcpProxy => {
    const proxy = proxies.get(name);
    if (proxy === undefined) {
      throw new Error(`there is no way to ${name} yet: start the deployment with the routes first`);
    }
    return proxy;
  };
  return {
    routes: {
      database: async (text) => {
        const url = new URL(text);
        url.host = await open('Postgres', url.hostname, url.port);
        return url.href;
      },
      temporal: async (address) => {
        const [host = '', port = ''] = address.split(':');
        return await open('Temporal', host, port);
      },
    },
    postgres: () => find('Postgres'),
    temporal: () => find('Temporal'),
    restore: () => proxies.forEach((proxy) => proxy.restore()),
    stop: async () => {
      await Promise.all([...proxies.values()].map((proxy) => proxy.stop()));
    },
  };
}
