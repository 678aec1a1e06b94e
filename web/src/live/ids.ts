const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-'

/** A client id nobody can guess: 22 letters, 132 bits. */
export function newClientId(): string {
  let id = ''
  for (const byte of crypto.getRandomValues(new Uint8Array(22))) id += ALPHABET[byte & 63]
  return id
}
