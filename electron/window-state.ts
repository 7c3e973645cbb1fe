import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const windowStateSchema = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) }),
  isMaximized: z.boolean(),
});
type WindowState = z.infer<typeof windowStateSchema>;

export const minimumSize = { width: 720, height: 480 };
const defaultSize = { width: 1_280, height: 820 };
/** So much of the title bar must be on a screen that the window can be caught and moved. */
const graspable = { width: 120, height: 40 };

/** The state the window was left in; undefined on the first start and when the file cannot be read. */
export function readWindowState(directory: string): WindowState | undefined {
  try {
    return windowStateSchema.parse(JSON.parse(readFileSync(stateFile(directory), 'utf8')));
  } catch {
    return undefined;
  }
}

export function writeWindowState(directory: string, state: WindowState): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(stateFile(directory), JSON.stringify(state));
}

/**
 * Where the window opens: as it was left, moved onto a screen where that one is gone, and never larger than its screen.
 *
 * @param workAreas of the screens there are now, the main one first; in device-independent pixels
 */
export function openingBounds(left: Rectangle | undefined, workAreas: readonly Rectangle[]): Rectangle {
  const main = workAreas[0] ?? { x: 0, y: 0, ...defaultSize };
  if (!left) return centred(defaultSize, main);
  const screen = workAreas.find((area) => overlap(left, area));
  if (!screen) return centred(left, main);
  const width = Math.min(left.width, screen.width);
  const height = Math.min(left.height, screen.height);
  return {
    x: clamp(left.x, screen.x - width + graspable.width, screen.x + screen.width - graspable.width),
    y: clamp(left.y, screen.y, screen.y + screen.height - graspable.height),
    width,
    height,
  };
}

function centred(size: { width: number; height: number }, area: Rectangle): Rectangle {
  const width = Math.min(size.width, area.width);
  const height = Math.min(size.height, area.height);
  return {
    x: Math.round(area.x + (area.width - width) / 2),
    y: Math.round(area.y + (area.height - height) / 2),
    width,
    height,
  };
}

function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}

function stateFile(directory: string): string {
  return path.join(directory, 'window.json');
}
