// All words in English: the same keys as the Chinese ones, which the type says.
import type { zh } from '../zh/index.ts'
import { app } from './app.ts'
import { clinical } from './clinical.ts'
import { governance } from './governance.ts'
import { integration } from './integration.ts'
import { message } from './message.ts'
import { system } from './system.ts'
import { tools } from './tools.ts'

export const en: typeof zh = { ...app, ...clinical, ...governance, ...integration, ...message, ...system, ...tools }
