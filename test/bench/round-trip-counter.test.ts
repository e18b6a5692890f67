import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { Client } from 'pg';
import { startRoundTripCounter } from '../../bench/cost/round-trip-counter';

/** Answers as Postgres does: welcome, and "done, ready" to every simple query. */
function answer(socket: Socket): void {
  const ready = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);
  const done = Buffer.from('C\0\0\0\rSELECT 0\0', 'latin1');
  const welcome = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0]);
  socket.once('data', () => {
    socket.write(Buffer.concat([welcome, ready]));
    socket.on('data', (piece) => piece[0] === 0x51 && socket.write(Buffer.concat([done, ready])));
  });
}

it('passes everything on, counts each round trip once, and frees its port', async () => {
  const server = createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const counter = await startRoundTripCounter(`postgresql://user:secret@127.0.0.1:${port}/database`);
  const client = new Client({ connectionString: counter.url });
  await client.connect();
  expect(counter.take()).toEqual([]);

  await client.query('select 1');
  await client.query('select 2');
  expect(counter.take()).toEqual(['select 1', 'select 2']);
  expect(counter.take()).toEqual([]);

  await client.end();
  await counter.stop();
  server.close();
  await expect(new Client({ connectionString: counter.url }).connect()).rejects.toThrow('ECONNREFUSED');
});
