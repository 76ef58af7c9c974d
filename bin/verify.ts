// `node bin/launch.mjs verify [directory]`: checks a data directory (HUILIAN_DATA_DIR when none is named) or a backup; exit code 1 when anything is wrong.
import { dataDirectory } from './backup/data-directory.ts'
import { tell, tellFault, tellFindings, tellUsage } from './backup/tell.ts'
import { verify } from './backup/verify.ts'

const [named, ...more] = process.argv.slice(2)
if (more.length > 0) {
  tellUsage('verify [directory]')
  process.exit(2)
}
const directory = named ?? dataDirectory()
let wrong = 0
for await (const checked of verify(directory)) {
  if (!checked.ok) {
    tellFault(checked.fault)
    wrong++
    continue
  }
  const { what, reached, findings } = checked.value
  wrong += findings.length
  const [zh, en] = reached
    ? [
        `：逻辑时间 ${reached.t}，消息至 ${reached.seq}，日志至 ${reached.lastSeq}`,
        `: logical time ${reached.t}, messages up to ${reached.seq}, log up to ${reached.lastSeq}`,
      ]
    : ['', '']
  const [zhEnd, enEnd] = findings.length === 0 ? ['完好', 'whole'] : [`${findings.length} 处异常`, `${findings.length} findings`]
  tell(`${what}${zh}：${zhEnd}`, `${what}${en}: ${enEnd}`)
  tellFindings(findings)
}
process.exit(wrong === 0 ? 0 : 1)
