import type { components } from '@/api/schema'

export type Account = components['schemas']['AccountView']
export type RoleName = Account['role']

export const ROLES: readonly RoleName[] = ['agent', 'supervisor', 'trainer', 'operations', 'owner']

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const WORDS = 3
const WORD_LENGTH = 4

/** A password people can read to each other: three groups of four letters and digits, about 59 bits. */
export function newPassword(): string {
  const whole = Math.floor(256 / LETTERS.length) * LETTERS.length
  const letters: string[] = []
  while (letters.length < WORDS * WORD_LENGTH) {
    for (const byte of crypto.getRandomValues(new Uint8Array(WORDS * WORD_LENGTH))) {
      if (byte < whole && letters.length < WORDS * WORD_LENGTH) letters.push(LETTERS[byte % LETTERS.length]!)
    }
  }
  return Array.from({ length: WORDS }, (_, at) => letters.slice(at * WORD_LENGTH, (at + 1) * WORD_LENGTH).join('')).join('-')
}
