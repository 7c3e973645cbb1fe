import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { importsOf } from './rules/circles.ts';
import { FACES } from './rules/faces.ts';
import { STILL_KNOWING } from './rules/object-knowledge.ts';
import { isIn, isTest } from './rules/paths.ts';
import { EXCEPTIONS, FLOORS } from './rules/rooms.ts';

const root = path.resolve(import.meta.dirname, '../..');
const arrows = [...importsOf(root)]
  .filter(([file]) => !isTest(file))
  .flatMap(([file, targets]) => [...targets].map((target) => ({ file, target })));

it('each exception to the floors is one that the code needs', () => {
  const needless = EXCEPTIONS.filter(
    ({ from, to }) => !arrows.some(({ file, target }) => isIn(file, from) && isIn(target, to)),
  );
  expect(needless).toEqual([]);
});

it('each file of a face is imported by others', () => {
  const needless = Object.entries(FACES)
    .flatMap(([room, files]) => files.map((file) => ({ room, face: `${room}/${file}` })))
    .filter(({ room, face }) => !arrows.some(({ file, target }) => target === face && !isIn(file, room)));
  expect(needless.map(({ face }) => face)).toEqual([]);
});

it('each file that still knows an object is there', () => {
  expect(STILL_KNOWING.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
});

it('nothing loads Drizzle before it is asked for: its schema may, and others name its types', () => {
  const loading = [...importsOf(root).keys()].filter(
    (file) =>
      /^(?:core|db|shared|loopback|electron)\//u.test(file) &&
      !file.startsWith('db/schema/') &&
      !isTest(file) &&
      /^import (?!type )[^;]*'(?:drizzle-orm|#db\/schema|\.\.?\/schema\/)/mu.test(
        readFileSync(path.join(root, file), 'utf8'),
      ),
  );
  expect(loading).toEqual([]);
});

it('each room is there', () => {
  const rooms = Object.entries(FLOORS).flatMap(([layer, floors]) =>
    floors.flat().map((room) => `${layer}/${room.replace('/*', '')}`),
  );
  expect(rooms.filter((room) => !existsSync(path.join(root, room)))).toEqual([]);
});
