// All words in Chinese: the measure of every other language.
import { app } from './app.ts'
import { integration } from './integration.ts'
import { message } from './message.ts'

export const zh = { ...app, ...integration, ...message }
