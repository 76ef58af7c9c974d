// The embedded engine keeps the storage contract.
import { storageContract } from '../contract.ts'
import { engine } from './engine.ts'

storageContract(engine)
