// How `npm test` reports: a dot per test, every failure in full, the slowest files, and last a line that machines read.
import Mocha from 'mocha'

const slowestShown = 5

export default class TestReport extends Mocha.reporters.Dot {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options)
    const millisecondsOf = new Map<string, number>()
    const note = (test: Mocha.Test) => {
      const file = (test.file ?? '').replace(`${process.cwd()}/`, '')
      millisecondsOf.set(file, (millisecondsOf.get(file) ?? 0) + (test.duration ?? 0))
    }
    runner.on('pass', note).on('fail', note)
    runner.once('end', () => {
      const slowest = [...millisecondsOf].sort((a, b) => b[1] - a[1]).slice(0, slowestShown)
      for (const [file, ms] of slowest) process.stdout.write(`  ${(ms / 1000).toFixed(1).padStart(6)} s  ${file}\n`)
      const { passes, failures, pending } = this.stats
      process.stdout.write(`\n${passes} passed, ${failures} failed${pending > 0 ? `, ${pending} not run` : ''}\n`)
    })
  }
}
