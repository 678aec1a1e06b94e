import { words } from './words'

/** Larger pictures are drawn smaller before they travel: enough to read a label, little enough for a phone line. */
const MOST_PIXELS = 3_000_000
const SENT_AS_IS = 1 << 20
const JPEG_QUALITY = 0.86
const WEB_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif']

/** A picture that cannot be sent; `message` tells the buyer what to do. */
export class Unfit extends Error {}

export interface Picture {
  blob: Blob
  width: number
  height: number
}

/** The picture as it is sent, no larger than needed; sizes in pixels. Unfit when it is no picture or cannot be read. */
export async function shrink(file: Blob): Promise<Picture> {
  if (!file.type.startsWith('image/')) throw new Unfit(words.notAPicture)
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new Unfit(words.unreadablePicture)
  })
  const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (bitmap.width * bitmap.height)))
  const [width, height] = [Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale))]
  if (scale === 1 && file.size <= SENT_AS_IS && WEB_TYPES.includes(file.type)) {
    bitmap.close()
    return { blob: file, width, height }
  }
  const blob = await draw(bitmap, width, height)
  bitmap.close()
  if (!blob) throw new Unfit(words.unreadablePicture)
  return { blob, width, height }
}

function draw(bitmap: ImageBitmap, width: number, height: number): Promise<Blob | null> {
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  const pen = canvas.getContext('2d')
  if (!pen) return Promise.resolve(null)
  pen.fillStyle = 'white'
  pen.fillRect(0, 0, width, height)
  pen.drawImage(bitmap, 0, 0, width, height)
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', JPEG_QUALITY))
}
