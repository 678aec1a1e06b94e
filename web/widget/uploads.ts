import { newClientId } from '../src/live/ids'
import { Refused } from './shop'
import { shrink, Unfit } from './shrink'
import { words } from './words'

export const MOST_AT_ONCE = 9

/** A picture on its way to the server; `share` of it has arrived. `problem` says why it stands still. */
export interface Upload {
  id: string
  /** For showing it meanwhile. */
  url: string
  width: number
  height: number
  share: number
  phase: 'preparing' | 'sending' | 'waiting' | 'failed'
  problem: string
}

export interface UploadDeeds {
  /** Puts the bytes on the server and tells the file's id; rejects with Refused when the server said no. */
  put(blob: Blob, onShare: (share: number) => void): Promise<string>
  arrived(upload: Upload, file: string): void
  changed(): void
}

/** The pictures the buyer chose, one after the other; those the network kept back go out when it returns. */
export function createUploads(deeds: UploadDeeds) {
  const list: Upload[] = []
  const blobs = new Map<string, Blob>()
  let working = false

  function add(files: Iterable<Blob>): void {
    for (const file of files) {
      const upload: Upload = { id: newClientId(), url: '', width: 4, height: 3, share: 0, phase: 'preparing', problem: '' }
      list.push(upload)
      blobs.set(upload.id, file)
    }
    deeds.changed()
    void work()
  }

  async function work(): Promise<void> {
    if (working) return
    working = true
    for (let next = find('preparing'); next; next = find('preparing')) await send(next)
    working = false
  }

  const find = (phase: Upload['phase']) => list.find((upload) => upload.phase === phase)

  async function send(upload: Upload): Promise<void> {
    try {
      if (!upload.url) {
        const picture = await shrink(blobs.get(upload.id)!)
        blobs.set(upload.id, picture.blob)
        Object.assign(upload, { width: picture.width, height: picture.height, url: URL.createObjectURL(picture.blob) })
      }
      Object.assign(upload, { phase: 'sending', share: 0, problem: '' })
      deeds.changed()
      const file = await deeds.put(blobs.get(upload.id)!, (share) => {
        upload.share = share
        deeds.changed()
      })
      forget(upload.id)
      deeds.arrived(upload, file)
    } catch (error) {
      const isFinal = error instanceof Refused || error instanceof Unfit
      upload.phase = isFinal ? 'failed' : 'waiting'
      upload.problem = isFinal ? error.message || words.uploadFailed : words.pictureWaits
      deeds.changed()
    }
  }

  function forget(id: string): void {
    blobs.delete(id)
    const place = list.findIndex((upload) => upload.id === id)
    if (place >= 0) list.splice(place, 1)
  }

  function retry(upload: Upload): void {
    upload.phase = 'preparing'
    deeds.changed()
    void work()
  }

  return {
    list,
    add,
    again(id: string): void {
      const upload = list.find((one) => one.id === id)
      if (upload) retry(upload)
    },
    drop(id: string): void {
      const upload = list.find((one) => one.id === id)
      if (upload?.url) URL.revokeObjectURL(upload.url)
      forget(id)
      deeds.changed()
    },
    /** The line is back: what waited goes out. */
    resume(): void {
      for (const upload of list) if (upload.phase === 'waiting') retry(upload)
    },
  }
}
