/** What is drawn onto a picture before it is sent; all places in the picture's own pixels. */

export interface Point {
  x: number
  y: number
}

export interface Area extends Point {
  width: number
  height: number
}

export type Tool = 'crop' | 'blur' | 'arrow' | 'box' | 'pen'
export type Mark = { tool: 'pen'; points: Point[] } | { tool: 'blur' | 'arrow' | 'box'; from: Point; to: Point }

export const TOOLS: readonly Tool[] = ['crop', 'blur', 'arrow', 'box', 'pen']

/** How much of the picture one press of an arrow key moves. */
const STEP = 0.03
/** A crop or blur smaller than this was a slip of the hand. */
const LEAST = 4

/** The area two corners span, inside a picture of this size. */
export function areaOf(from: Point, to: Point, size: { width: number; height: number }): Area {
  const clamp = (value: number, most: number) => Math.min(Math.max(value, 0), most)
  const [left, right] = [clamp(Math.min(from.x, to.x), size.width), clamp(Math.max(from.x, to.x), size.width)]
  const [top, bottom] = [clamp(Math.min(from.y, to.y), size.height), clamp(Math.max(from.y, to.y), size.height)]
  return { x: Math.round(left), y: Math.round(top), width: Math.round(right - left), height: Math.round(bottom - top) }
}

export function isSlip(area: Area): boolean {
  return area.width < LEAST || area.height < LEAST
}

/** The corners after an arrow key: moved, or with Shift the second one alone; null for another key. */
export function nudge(corners: [Point, Point], key: string, resize: boolean, size: { width: number; height: number }): [Point, Point] | null {
  const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key]
  if (!by) return null
  const move = ({ x, y }: Point) => ({
    x: Math.min(Math.max(x + by[0]! * STEP * size.width, 0), size.width),
    y: Math.min(Math.max(y + by[1]! * STEP * size.height, 0), size.height),
  })
  return [resize ? corners[0] : move(corners[0]), move(corners[1])]
}

/** Where a mark made by keys begins: the middle third. */
export function middle(size: { width: number; height: number }): [Point, Point] {
  return [
    { x: size.width / 3, y: size.height / 3 },
    { x: (2 * size.width) / 3, y: (2 * size.height) / 3 },
  ]
}

/** How wide lines are and how coarse the mosaic is, so that both can be seen in pictures of any size. */
export function scaleOf(size: { width: number; height: number }): { line: number; block: number } {
  const longer = Math.max(size.width, size.height)
  return { line: Math.max(3, Math.round(longer / 220)), block: Math.max(12, Math.round(longer / 45)) }
}

/** The two ends of an arrow's head at `to`. */
export function arrowHead(from: Point, to: Point, length: number): [Point, Point] {
  const angle = Math.atan2(to.y - from.y, to.x - from.x)
  const end = (turn: number) => ({ x: to.x - length * Math.cos(angle + turn), y: to.y - length * Math.sin(angle + turn) })
  return [end(Math.PI / 7), end(-Math.PI / 7)]
}
