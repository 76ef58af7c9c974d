// `node bin/launch.mjs restore <backup>`: puts a backup into the data directory (HUILIAN_DATA_DIR), which must hold no store.
import { dataDirectory } from './backup/data-directory.ts'
import { restoreBackup } from './backup/restore.ts'
import { tell, tellFault, tellUsage } from './backup/tell.ts'

const [from, ...more] = process.argv.slice(2)
if (from === undefined || more.length > 0) {
  tellUsage('restore <backup>')
  process.exit(2)
}
const dataDir = dataDirectory()
const restored = await restoreBackup(from, dataDir)
if (!restored.ok) {
  tellFault(restored.fault)
  process.exit(1)
}
const { parts, takenAtMs } = restored.value
const taken = new Date(takenAtMs).toISOString()
tell(
  `恢复完成：${parts.length} 个租户，备份于 ${taken}，位于 ${dataDir}`,
  `Restore complete: ${parts.length} tenants as of ${taken}, in ${dataDir}`,
)
