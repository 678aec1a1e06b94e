// Lays compressed copies beside the built files; the server sends them to browsers that take them.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const SMALLEST = 1024
const folder = new URL('dist/', import.meta.url).pathname

for (const name of readdirSync(folder, { recursive: true })) {
  if (!/\.(js|css|html|svg)$/.test(name)) continue
  const plain = readFileSync(join(folder, name))
  if (plain.length < SMALLEST) continue
  writeFileSync(join(folder, `${name}.gz`), gzipSync(plain, { level: 9 }))
  writeFileSync(join(folder, `${name}.br`), brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } }))
}
