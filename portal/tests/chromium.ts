// The machine's Chromium without a window: found where Linux, macOS and Windows put it, or named by CHROMIUM_PATH.
import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** Throws with what to install: page tests never pass unseen. */
export function findChromium(): string {
  const named = process.env['CHROMIUM_PATH']
  const found = (named ? [named] : places).find(existsSync)
  if (found) return found
  throw new Error(
    named
      ? `CHROMIUM_PATH=${named} does not exist`
      : 'No Chromium for the page tests. Install it (Debian, Ubuntu: apt-get install chromium fonts-noto-cjk; macOS: Google Chrome) or set CHROMIUM_PATH.',
  )
}

export function openChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'] })
}
