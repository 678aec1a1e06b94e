/** Width and height in pixels. */
export type Shape = readonly [number, number]

/** The pictures of the conversation as addresses the page can show, each fetched once. */
export function createAlbum(load: (file: string, thumb: boolean) => Promise<Blob>) {
  const known = new Map<string, Promise<string>>()
  const shapes = new Map<string, Shape>()

  function find(file: string, thumb: boolean): Promise<string> {
    const key = `${file} ${thumb}`
    const found = known.get(key) ?? load(file, thumb).then((blob) => URL.createObjectURL(blob))
    known.set(key, found)
    found.catch(() => known.delete(key))
    return found
  }

  return {
    find,
    /** A picture this browser sent itself: nothing to fetch. */
    adopt(file: string, url: string, shape: Shape): void {
      shapes.set(file, shape)
      for (const thumb of [true, false]) known.set(`${file} ${thumb}`, Promise.resolve(url))
    },
    /** The shape of a picture this browser sent, until the server tells it. */
    shape: (file: string): Shape => shapes.get(file) ?? [4, 3],
    async close(): Promise<void> {
      for (const url of await Promise.allSettled(known.values())) if (url.status === 'fulfilled') URL.revokeObjectURL(url.value)
      known.clear()
    },
  }
}

export type Album = ReturnType<typeof createAlbum>
