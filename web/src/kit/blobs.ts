/** Pictures that are not on the server yet, kept in this browser under their keys; without IndexedDB only until a reload. */
export function createBlobs(name: string) {
  const memory = new Map<string, Blob>()
  let opened: Promise<IDBDatabase> | null = null

  function database(): Promise<IDBDatabase> {
    opened ??= new Promise((resolve, reject) => {
      const asked = indexedDB.open(name, 1)
      asked.onupgradeneeded = () => asked.result.createObjectStore('blobs')
      asked.onsuccess = () => resolve(asked.result)
      asked.onerror = () => reject(asked.error)
    })
    return opened
  }

  async function run<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const store = (await database()).transaction('blobs', mode).objectStore('blobs')
    return new Promise((resolve, reject) => {
      const asked = work(store)
      asked.onsuccess = () => resolve(asked.result)
      asked.onerror = () => reject(asked.error)
    })
  }

  return {
    async put(key: string, blob: Blob): Promise<void> {
      memory.set(key, blob)
      await run('readwrite', (store) => store.put(blob, key)).catch(() => undefined)
    },

    async get(key: string): Promise<Blob | null> {
      return memory.get(key) ?? ((await run('readonly', (store) => store.get(key)).catch(() => null)) as Blob | null) ?? null
    },

    async remove(key: string): Promise<void> {
      memory.delete(key)
      await run('readwrite', (store) => store.delete(key)).catch(() => undefined)
    },
  }
}
