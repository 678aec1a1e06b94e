import { MAX_BYTES } from '../uploads'
import { type Area, areaOf, arrowHead, isSlip, type Mark, scaleOf } from './marks'

/** A picture longer than this is made smaller: no screen shows more, and the line is spared. */
const MOST_SIDE = 4_096
const QUALITY = 0.9

export interface Loaded {
  canvas: HTMLCanvasElement
  type: string
  /** Whether the file itself can be sent when nothing was drawn on it. */
  isFit: boolean
}

/** The picture in a file, upright and at most 4096 pixels long; throws when it is none. */
export async function load(file: Blob): Promise<Loaded> {
  const bitmap = await createImageBitmap(file)
  const scale = Math.min(1, MOST_SIDE / Math.max(bitmap.width, bitmap.height))
  const canvas = sheet(bitmap.width * scale, bitmap.height * scale)
  canvas.getContext('2d')!.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  return { canvas, type: file.type, isFit: scale === 1 && file.size <= MAX_BYTES }
}

function sheet(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(width))
  canvas.height = Math.max(1, Math.round(height))
  return canvas
}

/** Draws the picture with everything on it onto `target`, which becomes as large as the picture. */
export function paint(target: HTMLCanvasElement, picture: HTMLCanvasElement, marks: readonly Mark[], colour: string): void {
  target.width = picture.width
  target.height = picture.height
  const pen = target.getContext('2d')!
  pen.drawImage(picture, 0, 0)
  for (const mark of marks) if (mark.tool === 'blur') mosaic(pen, picture, areaOf(mark.from, mark.to, picture))
  pen.strokeStyle = colour
  pen.lineWidth = scaleOf(picture).line
  pen.lineCap = pen.lineJoin = 'round'
  for (const mark of marks) stroke(pen, mark)
}

/** Coarse blocks of the mean colour: what was there cannot be read back out of them. */
function mosaic(pen: CanvasRenderingContext2D, picture: HTMLCanvasElement, area: Area): void {
  if (isSlip(area)) return
  const { block } = scaleOf(picture)
  const small = sheet(Math.ceil(area.width / block), Math.ceil(area.height / block))
  const shrunk = small.getContext('2d')!
  shrunk.imageSmoothingQuality = 'high'
  shrunk.drawImage(picture, area.x, area.y, area.width, area.height, 0, 0, small.width, small.height)
  pen.imageSmoothingEnabled = false
  pen.drawImage(small, 0, 0, small.width, small.height, area.x, area.y, area.width, area.height)
  pen.imageSmoothingEnabled = true
}

function stroke(pen: CanvasRenderingContext2D, mark: Mark): void {
  if (mark.tool === 'blur') return
  pen.beginPath()
  if (mark.tool === 'pen') {
    mark.points.forEach(({ x, y }, index) => (index ? pen.lineTo(x, y) : pen.moveTo(x, y)))
  } else if (mark.tool === 'box') {
    pen.rect(mark.from.x, mark.from.y, mark.to.x - mark.from.x, mark.to.y - mark.from.y)
  } else {
    const [left, right] = arrowHead(mark.from, mark.to, pen.lineWidth * 6)
    pen.moveTo(mark.from.x, mark.from.y)
    pen.lineTo(mark.to.x, mark.to.y)
    pen.moveTo(left.x, left.y)
    pen.lineTo(mark.to.x, mark.to.y)
    pen.lineTo(right.x, right.y)
  }
  pen.stroke()
}

/** The picture as it is to be sent, cut to the crop. */
export async function finish(loaded: Loaded, marks: readonly Mark[], crop: Area | null, colour: string): Promise<Blob> {
  const whole = sheet(1, 1)
  paint(whole, loaded.canvas, marks, colour)
  const area = crop ?? { x: 0, y: 0, width: whole.width, height: whole.height }
  const cut = sheet(area.width, area.height)
  cut.getContext('2d')!.drawImage(whole, -area.x, -area.y)
  const type = loaded.type === 'image/png' || loaded.type === 'image/gif' ? 'image/png' : 'image/jpeg'
  const made = await encode(cut, type)
  return made.size <= MAX_BYTES ? made : await encode(cut, 'image/jpeg')
}

function encode(canvas: HTMLCanvasElement, type: string): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('empty canvas'))), type, QUALITY)
  })
}
