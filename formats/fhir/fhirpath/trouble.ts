// How compiling and evaluating report trouble inwards: thrown, because a Result per closure would cost more than the work itself.
// The doors of the engine (compile, run, check) catch it and answer with a Fault; nothing else throws or catches it.
import { type Fault, type FaultArgs, type FaultCode, fault } from '#kernel/fault.ts'

export class Trouble {
  readonly code: FaultCode
  readonly args: FaultArgs
  /** Offset in the expression text. */
  readonly offset: number

  constructor(code: FaultCode, offset: number, args: FaultArgs = {}) {
    this.code = code
    this.offset = offset
    this.args = args
  }

  toFault(text: string): Fault {
    const before = text.slice(0, this.offset)
    return fault(this.code, { at: `${before.split('\n').length}:${this.offset - before.lastIndexOf('\n')}`, args: this.args })
  }
}
