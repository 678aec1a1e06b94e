import { http, take } from '@/kit/http'

export interface Uploaded {
  id: string
  width: number
  height: number
  bytes: number
  type: string
}

/** What the server takes. */
export const MAX_BYTES = 10 << 20
export const TYPES = 'image/jpeg,image/png,image/webp,image/gif'

/** Puts a picture into a conversation; throws a `Problem`. */
export async function upload(c: string, picture: Blob): Promise<Uploaded> {
  return await take(
    http.POST('/api/v1/conversations/{conversation_id}/files', {
      params: { path: { conversation_id: c } },
      body: picture as unknown as string,
      bodySerializer: (body) => body,
      headers: { 'Content-Type': picture.type || 'application/octet-stream' },
    }),
  )
}

/** Where a picture's bytes are; `thumb` is at most 480 pixels long. */
export function pictureUrl(file: string, size: 'full' | 'thumb' = 'full'): string {
  return `/api/v1/files/${encodeURIComponent(file)}${size === 'thumb' ? '?size=thumb' : ''}`
}
