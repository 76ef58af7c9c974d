// Extension (extensibility.html): known by its url, used where its definition allows, with the value that it defines.
import type { TypeCheck } from '../program/type-program.ts'

export const extension: TypeCheck = (value, run) => {
  const url = value['url']
  if (typeof url !== 'string') return
  const definition = run.world.definitions.structure(url)
  if (definition?.type === 'Extension') run.world.applyProfile(url, value, run.world.extensionType, run)
}
