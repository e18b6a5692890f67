import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { startTcpProxy, type TcpProxy, type TcpTarget } from '../../src/local/tcp-proxy';
import { freePort } from '../../src/local/free-port';

const HOST = '127.0.0.1';
const servers = new Set<Server>();
const clients = new Set<Socket>();
let proxy: TcpProxy;

/** A server that answers whatever comes with its name. */
async function startNamed(name: string): Promise<TcpTarget> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined).on('data', () => socket.write(name));
  });
  servers.add(server);
  server.listen(0, HOST);
  await once(server, 'listening');
  return { host: HOST, port: (server.address() as AddressInfo).port };
}

async function open(): Promise<Socket> {
  const socket = connect(proxy.port, HOST).on('error', () => undefined);
  clients.add(socket);
  await once(socket, 'connect');
  return socket;
}

async function ask(socket: Socket): Promise<string> {
  socket.write('who?');
  const [answer] = (await once(socket, 'data')) as [Buffer];
  return answer.toString();
}

const isEnded = async (socket: Socket): Promise<boolean> => {
  socket.resume();
  return socket.closed || (await once(socket, 'close').then(() => true));
};

afterEach(async () => {
  clients.forEach((socket) => socket.destroy());
  clients.clear();
  await proxy.stop();
  await Promise.all([...servers].map((server) => once(server.close(), 'close')));
  servers.clear();
});

test('passes on in both directions', async () => {
  proxy = await startTcpProxy(await startNamed('a'));
  const socket = await open();
  await expect(ask(socket)).resolves.toBe('a');
  await expect(ask(socket)).resolves.toBe('a');
});

test('several targets take turns', async () => {
  proxy = await startTcpProxy(await startNamed('a'), await startNamed('b'));
  const names = [await ask(await open()), await ask(await open()), await ask(await open())];
  expect(new Set(names)).toEqual(new Set(['a', 'b']));
  expect(names[0]).toBe(names[2]);
});

test('a target that refuses is passed over', async () => {
  proxy = await startTcpProxy({ host: HOST, port: await freePort() }, await startNamed('b'));
  expect([await ask(await open()), await ask(await open())]).toEqual(['b', 'b']);
});

test('no target at all ends the connection', async () => {
  proxy = await startTcpProxy({ host: HOST, port: await freePort() });
  await expect(isEnded(await open())).resolves.toBe(true);
});

test('a cut ends what is open and what is opened, until it is restored', async () => {
  proxy = await startTcpProxy(await startNamed('a'));
  const before = await open();
  await ask(before);
  proxy.cut();
  await expect(isEnded(before)).resolves.toBe(true);
  await expect(isEnded(await open())).resolves.toBe(true);
  proxy.restore();
  await expect(ask(await open())).resolves.toBe('a');
});

test('a freeze carries nothing and ends nothing; what was said meanwhile arrives when it is restored', async () => {
  proxy = await startTcpProxy(await startNamed('a'), await startNamed('a'));
  const before = await open();
  await ask(before);
  proxy.freeze();
  const heard: string[] = [];
  const during = await open();
  for (const socket of [before, during]) {
    socket.on('data', (text: Buffer) => heard.push(text.toString())).write('who?');
  }
  // A way past the proxy shows that the machine has had the time to answer.
  const other = await startTcpProxy(await startNamed('a'));
  try {
    const beside = connect(other.port, HOST);
    clients.add(beside);
    await ask(beside);
    expect(heard).toEqual([]);
  } finally {
    await other.stop();
  }
  const answers = [once(before, 'data'), once(during, 'data')];
  proxy.restore();
  await Promise.all(answers);
  expect(heard).toEqual(['a', 'a']);
});
