// The demo: two hospitals and the 120 centre as tenants, users for each kind of reader, and six simulated systems that send over real sockets.

import { hospitals } from '#adapters/content/hospital.ts'
import type { Simulator } from '#adapters/content/simulator.ts'
import { simulator as ems } from '#adapters/ems/simulator.ts'
import { simulator as insurance } from '#adapters/insurance/simulator.ts'
import { simulator as qpjwHis } from '#adapters/qpjw-his/simulator.ts'
import { simulator as zjjHis } from '#adapters/zjj-his/simulator.ts'
import { simulator as zjjLis } from '#adapters/zjj-lis/simulator.ts'
import { simulator as zjjPacs } from '#adapters/zjj-pacs/simulator.ts'
import type { Reception, Reply, Sender } from '#engine/connectors/connector.ts'
import { httpClient } from '#engine/connectors/http-client.ts'
import { mllpClient } from '#engine/connectors/mllp-client.ts'
import { mllpServer } from '#engine/connectors/mllp-server.ts'
import { readHl7 } from '#engine/journal/reading-hl7v2.ts'
import { Player } from '#engine/simulate/player.ts'
import { must } from '#kernel/result.ts'
import type { Logger } from '#platform/observe/logger.ts'
import { addClient, addUser, clientPrincipal, type Directory } from '#platform/security/directory.ts'
import { demoPassword } from '#platform/security/session-routes.ts'
import { DemoStory } from './demo-story.ts'
import { clock, type Server } from './server.ts'

const tenants = [
  {
    code: 'ZJJ',
    name: '朱家角人民医院',
    nameEn: 'Zhujiajiao People’s Hospital',
    kind: 'hospital' as const,
    sharesPersons: true,
    organizationCode: hospitals.ZJJ.organization,
  },
  {
    code: 'QPJW',
    name: '青浦区精神卫生中心',
    nameEn: 'Qingpu Mental Health Centre',
    kind: 'hospital' as const,
    sharesPersons: false,
    organizationCode: hospitals.QPJW.organization,
  },
  { code: 'EMS', name: '上海市医疗急救中心', nameEn: 'Shanghai 120 centre', kind: 'centre' as const, sharesPersons: true },
]

const users = [
  { name: 'analyst', displayName: '沈接口', tenants: ['ZJJ', 'QPJW', 'EMS', 'DEFAULT', 'REGION'], roles: ['analyst', 'quality'] },
  { name: 'doctor', displayName: '陆医生', tenants: ['ZJJ', 'EMS', 'REGION'], roles: ['clinician'] },
  { name: 'psychiatrist', displayName: '顾医生', tenants: ['QPJW'], roles: ['clinician'] },
  { name: 'quality', displayName: '金质控', tenants: ['ZJJ', 'QPJW', 'EMS'], roles: ['quality'] },
  { name: 'operator', displayName: '系统管理员', tenants: 'all' as const, roles: ['admin'] },
]

const systems: { channel: string; simulator: Simulator; over: 'mllp' | 'http' }[] = [
  { channel: 'zjj-his', simulator: zjjHis, over: 'mllp' },
  { channel: 'zjj-lis', simulator: zjjLis, over: 'mllp' },
  { channel: 'zjj-pacs', simulator: zjjPacs, over: 'mllp' },
  { channel: 'qpjw-his', simulator: qpjwHis, over: 'mllp' },
  { channel: 'insurance', simulator: insurance, over: 'http' },
  { channel: 'ems', simulator: ems, over: 'http' },
]

const pace = { historyDays: 7, historyPerDay: 40, livePerDay: 4_000 }
const demoSeed = 'huilian'
/** As long as any demo runs; the token never leaves the process. */
const tokenSeconds = 365 * 86_400

export type Demo = { stop(): Promise<void> }

export async function startDemo(server: Server, logger: Logger): Promise<Demo> {
  await seedDirectory(server.directory)
  const orders = must(await mllpServer.open({ host: server.settings.host, port: 0 }, takeOrder))
  server.endpoints.set('lis-orders', { host: server.settings.host, port: orders.port })
  server.engine.wakeDeliveries()
  const story = await DemoStory.open(server.storage, clock)
  const told = { now: () => story.startedAtMs }
  const players = await Promise.all(
    systems
      .filter(({ channel }) => server.rooms.channels.some(each => each.id === channel))
      .map(async ({ channel, simulator, over }) => {
        const sender = over === 'mllp' ? mllpSender(server) : await httpSender(server, channel)
        const onSent = (message: { kind: string }, answer: { ok: boolean }) => {
          if (!answer.ok) logger.warn({ channel, kind: message.kind }, 'demo message not answered')
        }
        return new Player(story.rest(channel, simulator(demoSeed, told, pace)), { sender, onSent })
      }),
  )
  return {
    async stop() {
      await Promise.all([...players.map(player => player.stop()), orders.close()])
      await story.remember()
    },
  }
}

/** The demo's LIS takes every order that is forwarded to it. */
async function takeOrder({ bytes, fault: framing }: Reception): Promise<Reply> {
  const reading = readHl7(bytes, framing, { protect: value => value })
  const faults = reading.faults
  return { bytes: reading.acknowledge(faults.length > 0 ? 'AE' : 'AA', faults, `LIS${clock.now()}`, clock.now()), close: false }
}

/** Tenants and users of the demo; sample passwords exist only here. */
async function seedDirectory(directory: Directory): Promise<void> {
  for (const tenant of tenants)
    if (!directory.tenants.get(tenant.code)) must(await directory.tenants.put(tenant.code, tenant, 'system:demo'))
  for (const user of users)
    if (!directory.users.get(user.name)) must(await addUser(directory, { ...user, demo: true, password: demoPassword }, 'system:demo'))
}

function mllpSender({ engine, settings }: Server): Sender {
  return mllpClient.open({ host: settings.host, port: engine.ports()['default']! }, 'demo', new Map())
}

/** The JSON systems hold a client of their own, as any vendor would. */
async function httpSender({ http, settings, tokens, rooms, directory }: Server, channel: string): Promise<Sender> {
  const tenant = rooms.channels.find(each => each.id === channel)!.tenant
  const id = `demo-${channel}`
  const given = { id, name: `演示 ${channel}`, tenants: [tenant], scopes: ['messages.send'] }
  if (!directory.clients.get(id)) must(await addClient(directory, clock, given, 'system:demo'))
  const token = await tokens.issue(clientPrincipal(directory.clients.get(id)!), tokenSeconds)
  const url = `http://${settings.host}:${http.port}/api/channels/${channel}/messages`
  return httpClient.open({ url, mediaType: 'application/json', headers: { authorization: `Bearer ${token}` } }, 'demo', new Map())
}
