// Builds the portal into portal/dist when its sources, the lock file or the API types changed since the last build; prints one line.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import { sizes } from './sizes.mjs'

const portal = dirname(fileURLToPath(import.meta.url))
const dist = join(portal, 'dist')
const stampFile = join(dist, '.stamp')
const stamp = hash([
  join(portal, '..', 'package-lock.json'),
  join(portal, 'index.html'),
  join(portal, 'build.mjs'),
  ...list(join(portal, 'public')),
  ...list(join(portal, 'src')).filter(path => !path.endsWith('.test.ts')),
])

if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) {
  const started = performance.now()
  await build(settings())
  writeFileSync(stampFile, stamp)
  const { shell, features } = sizes(dist)
  const largest = features.reduce((a, b) => (b.kilobytes > a.kilobytes ? b : a), { name: 'none', kilobytes: 0 })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  process.stderr.write(
    `huilian: portal built in ${seconds} s; login and shell ${shell} kB gzip, largest feature ${largest.name} +${largest.kilobytes} kB\n`,
  )
}

/** Chromium 87 is what old hospital PCs run (360 browser). */
function settings() {
  return {
    root: portal,
    configFile: false,
    logLevel: 'error',
    plugins: [react()],
    build: {
      outDir: dist,
      emptyOutDir: true,
      target: 'chrome87',
      cssTarget: 'chrome87',
      manifest: 'manifest.json',
      chunkSizeWarningLimit: 2000,
      reportCompressedSize: false,
    },
  }
}

function list(directory) {
  return readdirSync(directory)
    .sort()
    .flatMap(name => {
      const path = join(directory, name)
      return statSync(path).isDirectory() ? list(path) : [path]
    })
}

function hash(files) {
  const sum = createHash('sha256')
  for (const file of files) sum.update(file.slice(portal.length)).update(readFileSync(file))
  return sum.digest('hex')
}
