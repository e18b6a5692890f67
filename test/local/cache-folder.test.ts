import { homedir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from '../../src/local/cache-folder';

test('XDG_CACHE_HOME says where, when it is absolute', () => {
  expect(cacheFolder({ XDG_CACHE_HOME: '/var/cache/somebody' })).toBe('/var/cache/somebody/posthorn');
  expect(cacheFolder({ XDG_CACHE_HOME: 'relative', HOME: '/home/a' })).toBe(cacheFolder({ HOME: '/home/a' }));
});

test('otherwise it lies in the home folder', () => {
  expect(cacheFolder({ HOME: '/home/a' }).startsWith(join('/home/a', ''))).toBe(true);
  expect(cacheFolder({})).toBe(cacheFolder({ HOME: homedir() }));
});
