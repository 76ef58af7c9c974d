// `node bin/launch.mjs backup <directory>`: a backup of the data directory (HUILIAN_DATA_DIR), with or without a server running on it.
import { systemClock } from '#kernel/clock.ts'
import { dataDirectory } from './backup/data-directory.ts'
import { makeBackup } from './backup/make.ts'
import { sizeText, tell, tellFault, tellUsage } from './backup/tell.ts'

const [to, ...more] = process.argv.slice(2)
if (to === undefined || more.length > 0) {
  tellUsage('backup <directory>')
  process.exit(2)
}
const dataDir = dataDirectory()
const made = await makeBackup(dataDir, to, systemClock.now())
if (!made.ok) {
  tellFault(made.fault)
  process.exit(1)
}
const { parts, files } = made.value
const size = sizeText(files.reduce((sum, file) => sum + file.bytes, 0))
for (const { tenant, t, seq } of parts)
  tell(`  ${tenant}：逻辑时间 ${t}，消息至 ${seq}`, `  ${tenant}: logical time ${t}, messages up to ${seq}`)
tell(
  `备份完成：${parts.length} 个租户，${files.length} 个文件，${size}，位于 ${to}`,
  `Backup complete: ${parts.length} tenants, ${files.length} files, ${size}, in ${to}`,
)
