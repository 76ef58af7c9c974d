// All words in Chinese: the measure of every other language.
import { app } from './app.ts'
import { clinical } from './clinical.ts'
import { governance } from './governance.ts'
import { integration } from './integration.ts'
import { message } from './message.ts'
import { system } from './system.ts'
import { tools } from './tools.ts'

export const zh = { ...app, ...clinical, ...governance, ...integration, ...message, ...system, ...tools }
