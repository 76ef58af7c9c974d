// Made from /api/openapi.json by bin/generate-api-types.ts; do not edit.

export type paths = {
  '/api/audit/{tenant}': {
    /** 审计记录 · the audit trail of one tenant */
    get: {
      parameters: { path: { tenant: string }; query?: { principal?: string; patient?: string; action?: string; since?: number; until?: number; before?: number; limit?: number } }
      responses: { 200: { content: { 'application/json': { entries: Array<{ tenant: string; seq: number; atMs: number; principal: string; action: string; outcome: string; subject: string; patient?: string; remote?: string; detail?: string }> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/channels': {
    /** 通道定义 · channel definitions */
    get: {
      parameters: {  }
      responses: { 200: { content: { 'application/json': { channels: Array<unknown> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/channels/{id}': {
    /** 一个通道 · one channel */
    get: {
      parameters: { path: { id: string } }
      responses: { 200: { content: { 'application/json': unknown } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/channels/{id}/messages': {
    /** 向通道发送一条消息（原始字节）；JSON 通道拒收时以 problem+json 应答 · send one message, raw bytes; what a JSON channel refuses is answered as problem+json */
    post: {
      parameters: { path: { id: string }; query?: { wait?: boolean } }
      requestBody: { content: { 'application/octet-stream': string } }
      responses: { 200: { content: { 'application/json': { id?: string; ack: string; status: string; faults: Array<{ code: string; category: string; at?: string; text: string; hint?: string }>; resources: Array<string> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/clients': {
    /** 新建客户端，密钥只显示一次 · make a client; the secret is shown once */
    post: {
      parameters: {  }
      requestBody: { content: { 'application/json': { name: string; tenants: Array<string> | "all"; scopes: Array<string> } } }
      responses: { 200: { content: { 'application/json': { id: string; secret: string } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
    /** 客户端列表 · clients */
    get: {
      parameters: {  }
      responses: { 200: { content: { 'application/json': { clients: Array<{ id: string; name: string; tenants: unknown; scopes: Array<string> }> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/clients/{id}': {
    /** 删除客户端 · remove a client */
    delete: {
      parameters: { path: { id: string } }
      responses: { 200: { content: { 'application/json': Record<string, never> } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/dashboard': {
    /** 通道运行一览（最近 24 小时）· channels at a glance, last 24 hours */
    get: {
      parameters: {  }
      responses: { 200: { content: { 'application/json': { atMs: number; backlog: number; channels: Array<{ id: string; name: { zh: string; en: string }; tenant: string; source: string; connector: string; systems: Array<string>; reach: "internal" | "external"; state: "listening" | "stopped" | "failed"; figures: { received: number; processed: number; filtered: number; failed: number; rejected: number; quarantined: number; duplicate: number; sent: number; sendFailed: number }; queued: number; perMinute: Array<number>; oldestQueuedAtMs?: number; lastMessageAtMs?: number; lagMs?: number; silent: boolean }> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/documents': {
    /** 共享文档清单，由新到旧 · shared documents, newest first */
    get: {
      parameters: { query?: { patient?: string; type?: string; status?: "current" | "superseded" | "entered-in-error"; limit?: number; page?: string } }
      responses: { 200: { content: { 'application/json': { documents: Array<{ tenant: string; id: string; code: string; title: string; status: "current" | "superseded" | "entered-in-error"; number: string; date: string; clinicalTime?: string; patient?: string; patientName?: string; author?: string; replaces?: string; checked?: { valid: boolean; errors: number; warnings: number } }>; next?: string } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/documents/check': {
    /** 校验一份 CDA 文档，不保存 · check a CDA document, nothing is stored */
    post: {
      parameters: {  }
      requestBody: { content: { 'application/octet-stream': string } }
      responses: { 200: { content: { 'application/json': { code?: string; title?: string; number?: string; valid: boolean; errors: number; warnings: number; findings: Array<{ severity: "error" | "warning" | "information"; fault: { code: string; category: string; at?: string; text: string; hint?: string }; line?: number; column?: number }> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/documents/problems': {
    /** 校验不通过或未能生成的文档 · documents that fail the check or could not be written */
    get: {
      parameters: { query?: { type?: string; limit?: number } }
      responses: { 200: { content: { 'application/json': { problems: Array<{ tenant: string; id: string; code: string; checkedAtMs: number; findings: Array<{ severity: "error" | "warning" | "information"; fault: { code: string; category: string; at?: string; text: string; hint?: string }; line?: number; column?: number }> }>; complete: boolean } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/documents/production': {
    /** 各类文档的生成与校验数量、处理进度 · documents produced and valid per type, and how far production has come */
    get: {
      parameters: { query?: { since?: number; until?: number } }
      responses: { 200: { content: { 'application/json': { types: Array<{ tenant: string; code: string; title: string; produced: number; valid: number; failed: number }>; progress: Array<{ tenant: string; place?: number; waiting?: number; more?: boolean }> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/documents/{tenant}/{id}/check': {
    /** 重新校验 · check again */
    post: {
      parameters: { path: { tenant: string; id: string } }
      responses: { 200: { content: { 'application/json': { code?: string; title?: string; number?: string; valid: boolean; errors: number; warnings: number; findings: Array<{ severity: "error" | "warning" | "information"; fault: { code: string; category: string; at?: string; text: string; hint?: string }; line?: number; column?: number }> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/documents/{tenant}/{id}/findings': {
    /** 上次校验的结果 · findings of the last check */
    get: {
      parameters: { path: { tenant: string; id: string } }
      responses: { 200: { content: { 'application/json': { code?: string; title?: string; number?: string; valid: boolean; errors: number; warnings: number; findings: Array<{ severity: "error" | "warning" | "information"; fault: { code: string; category: string; at?: string; text: string; hint?: string }; line?: number; column?: number }> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/documents/{tenant}/{id}/page': {
    /** 文档的阅读页 · the document as a page */
    get: {
      parameters: { path: { tenant: string; id: string } }
      responses: { 200: { content: { 'application/json': unknown } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/documents/{tenant}/{id}/xml': {
    /** 文档原文 · the document as XML */
    get: {
      parameters: { path: { tenant: string; id: string } }
      responses: { 200: { content: { 'text/xml': string } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/facilities': {
    /** 机构列表 · facilities */
    get: {
      parameters: {  }
      responses: { 200: { content: { 'application/json': { facilities: Array<{ code: string; tenant: string; name: string; names: Array<string>; addresses: Array<string> }> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/facilities/{code}': {
    /** 登记机构及其来源地址 · bind a facility to tenant, names and source addresses */
    put: {
      parameters: { path: { code: string } }
      requestBody: { content: { 'application/json': { tenant: string; name?: string; names?: Array<string>; addresses?: Array<string> } } }
      responses: { 200: { content: { 'application/json': { code: string } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/faults': {
    /** 按故障归类的消息 · messages in trouble, grouped by fault */
    get: {
      parameters: { query?: { channel?: string; since?: number } }
      responses: { 200: { content: { 'application/json': { groups: Array<{ fault: string; text: string; hint?: string; places: Array<{ at: string; count: number }>; channels: Array<string>; count: number; firstMs: number; lastMs: number; example: string }>; complete: boolean } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/hl7v2/parsed': {
    /** 拆开一条 HL7 v2 消息，不入库 · take a message apart without storing it */
    post: {
      parameters: {  }
      requestBody: { content: { 'application/octet-stream': string } }
      responses: { 200: { content: { 'application/json': { text: string; charset: string; segments: Array<{ path: string; name: string; type: string; from: number; to: number; value: string; parts: Array<unknown> }>; complete: boolean; faults: Array<{ code: string; category: string; at?: string; text: string; hint?: string }> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/identity/merges': {
    /** 患者合并记录 · merges */
    get: {
      parameters: {  }
      responses: { 200: { content: { 'application/json': { merges: Array<{ tenant: string; survivor: unknown; retired: unknown; message: string; atMs: number }> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/identity/merges/{tenant}/{survivor}/{retired}/undo': {
    /** 撤销合并 · take a merge back */
    post: {
      parameters: { path: { tenant: string; survivor: string; retired: string } }
      responses: { 200: { content: { 'application/json': Record<string, never> } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/identity/reviews': {
    /** 身份审核清单 · identity review list */
    get: {
      parameters: { query?: { state?: "open" | "decided" } }
      responses: { 200: { content: { 'application/json': { reviews: Array<{ tenant: string; key: string; reason: string; message: string; atMs: number; patients: Array<unknown>; decision?: { verdict: "same-person" | "different-persons" | "dismissed"; by: string; atMs: number } }> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/identity/reviews/{tenant}/{key}': {
    /** 作出审核结论 · decide a review item */
    post: {
      parameters: { path: { tenant: string; key: string } }
      requestBody: { content: { 'application/json': { verdict: "same-person" | "different-persons" | "dismissed" } } }
      responses: { 200: { content: { 'application/json': unknown } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/login-options': {
    /** 演示账号（仅演示模式）· demo users, in demo mode only */
    get: {
      parameters: {  }
      responses: { 200: { content: { 'application/json': { users: Array<{ name: string; displayName: string; roles: Array<string> }>; passwordHint: string } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/mappings/preview': {
    /** 试映射，不入库 · map a message without storing anything */
    post: {
      parameters: { query?: { source?: "hl7v2" | "json"; channel?: string } }
      requestBody: { content: { 'application/octet-stream': string } }
      responses: { 200: { content: { 'application/json': { bundle: unknown; trace: Array<{ resource: number; path: string; rule: string; sources: Array<string> }>; unmapped: Array<string>; gaps: Array<{ map: string; system: string; code: string; display?: string; source: string }>; faults: Array<{ code: string; category: string; at?: string; text: string; hint?: string }> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/messages': {
    /** 跨通道检索消息 · search messages over all channels */
    get: {
      parameters: { query?: { channel?: string; status?: string; type?: string; fault?: string; patient?: string; q?: string; since?: number; until?: number; before?: string; limit?: number } }
      responses: { 200: { content: { 'application/json': { messages: Array<{ id: string; tenant: string; channel: string; source: string; facility: string; format: string; type: string; controlId: string; status: "received" | "retrying" | "processed" | "filtered" | "failed" | "duplicate" | "rejected" | "quarantined"; ack: string; receivedAtMs: number; settledAtMs?: number; retryAtMs?: number; attempt: number; bytes: number; charset: string; remote: string; duplicateOf?: string; tags: Array<{ kind: string; value: string }>; faults: Array<{ code: string; category: string; at?: string; text: string; hint?: string }> }>; complete: boolean; next?: string } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/messages/{id}': {
    /** 一条消息的经过 · the life of one message */
    get: {
      parameters: { path: { id: string } }
      responses: { 200: { content: { 'application/json': { message: { id: string; tenant: string; channel: string; source: string; facility: string; format: string; type: string; controlId: string; status: "received" | "retrying" | "processed" | "filtered" | "failed" | "duplicate" | "rejected" | "quarantined"; ack: string; receivedAtMs: number; settledAtMs?: number; retryAtMs?: number; attempt: number; bytes: number; charset: string; remote: string; duplicateOf?: string; tags: Array<{ kind: string; value: string }>; faults: Array<{ code: string; category: string; at?: string; text: string; hint?: string }> }; orderKeys: Array<string>; eventTimeMs?: number; plan?: string; effects: Array<{ type: string; id: string; version: number; op: string; t: number; plan?: string }>; deliveries: Array<{ destination: string; status: string; attempt: number; dueAtMs: number; settledAtMs?: number; answer?: string; fault?: { code: string; category: string; at?: string; text: string; hint?: string } }> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/messages/{id}/parsed': {
    /** 按段、字段、组件拆开的消息 · the message taken apart */
    get: {
      parameters: { path: { id: string } }
      responses: { 200: { content: { 'application/json': { text: string; charset: string; segments: Array<{ path: string; name: string; type: string; from: number; to: number; value: string; parts: Array<unknown> }>; complete: boolean; faults: Array<{ code: string; category: string; at?: string; text: string; hint?: string }> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/messages/{id}/raw': {
    /** 原始字节 · the exact bytes */
    get: {
      parameters: { path: { id: string } }
      responses: { 200: { content: { 'application/octet-stream': string } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/messages/{id}/replay': {
    /** 按当前方案重放 · replay under the current plan */
    post: {
      parameters: { path: { id: string } }
      responses: { 200: { content: { 'application/json': { id: string; ack: string; status: string; faults: Array<{ code: string; category: string; at?: string; text: string; hint?: string }>; resources: Array<string> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/messages/{id}/stages': {
    /** 逐级查看：原文、映射、编码、入库，含字段追溯 · stages with the trace of every element */
    get: {
      parameters: { path: { id: string } }
      responses: { 200: { content: { 'application/json': { text: string; charset: string; plan: string; resources: Array<{ type: string; id: string; key: string; standing: string; content: unknown; coded: unknown; clears: Array<string>; stored?: unknown; storedVersion?: number }>; merges: unknown; trace: Array<{ resource: number; path: string; rule: string; sources: Array<string> }>; unread: Array<string>; gaps: Array<{ map: string; system: string; code: string; display?: string; source: string }>; faults: Array<{ code: string; category: string; at?: string; text: string; hint?: string }> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/patients': {
    /** 按姓名、拼音、首字母、身份证号、病案号、就诊号或电话检索患者 · find patients */
    get: {
      parameters: { query?: { q?: string } }
      responses: { 200: { content: { 'application/json': { patients: Array<{ tenant: string; tenantName: string; id: string; name: string; sex: string; birthDate?: string; number: string; idCard: string; phone: string; provisional: boolean; mergedInto?: string; lastVisit?: { lane: "outpatient" | "emergency" | "inpatient" | "prehospital" | "checkup" | "other"; start: string; department: string; status: string } }>; more: boolean } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/patients/{tenant}/{id}': {
    /** 患者横幅 · the banner of a chart */
    get: {
      parameters: { path: { tenant: string; id: string } }
      responses: { 200: { content: { 'application/json': { tenant: string; tenantName: string; id: string; version: number; name: string; otherNames: Array<string>; sex: string; birthDate?: string; deceased?: string; identifiers: Array<{ label: string; system: string; value: string; masked: boolean }>; phones: Array<{ use: string; value: string; masked: boolean }>; address: string; insurance: string; blood?: { abo: string; rhd: string; at: string }; allergies: Array<{ id: string; version: number; name: string; categories: Array<string>; criticality: string; reactions: Array<string>; status: string }>; critical: Array<{ id: string; key: string; name: string; text: string; unit: string; flag: "critical-high" | "critical-low" | "critical" | "high" | "low" | "abnormal" | "normal" | "none"; at: string }>; current?: { id: string; version: number; lane: "outpatient" | "emergency" | "inpatient" | "prehospital" | "checkup" | "other"; status: string; start?: string; end?: string; number: string; department: string; place: string; doctor: string; diagnoses: Array<string>; reason: string; outcome: string; legalStatus: string }; provisional: boolean; active: boolean; mergedInto?: { id: string; name: string; birthDate?: string; sex: string; number: string }; merged: Array<{ id: string; name: string; birthDate?: string; sex: string; number: string }>; linked: Array<{ id: string; name: string; birthDate?: string; sex: string; number: string }> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/patients/{tenant}/{id}/diagnoses': {
    /** 诊断 · diagnoses */
    get: {
      parameters: { path: { tenant: string; id: string }; query?: { visit?: string; page?: string } }
      responses: { 200: { content: { 'application/json': { diagnoses: Array<{ id: string; version: number; code: string; name: string; category: string; status: string; verification: string; at: string; recorder: string; visit?: string }>; next?: string } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/patients/{tenant}/{id}/orders': {
    /** 申请与医嘱 · orders */
    get: {
      parameters: { path: { tenant: string; id: string }; query?: { visit?: string; page?: string } }
      responses: { 200: { content: { 'application/json': { orders: Array<{ id: string; version: number; name: string; categories: Array<string>; status: string; priority: string; at: string; number: string; requester: string; reason: string; provisional: boolean; accepted: boolean; visit?: string; report?: string; reportStatus?: string; reportedAt?: string }>; next?: string } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/patients/{tenant}/{id}/procedures': {
    /** 手术与操作 · procedures */
    get: {
      parameters: { path: { tenant: string; id: string }; query?: { visit?: string; page?: string } }
      responses: { 200: { content: { 'application/json': { procedures: Array<{ id: string; version: number; code: string; name: string; status: string; at: string; performer: string; note: string; visit?: string }>; next?: string } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/patients/{tenant}/{id}/reports': {
    /** 检查与检验报告 · reports */
    get: {
      parameters: { path: { tenant: string; id: string }; query?: { visit?: string; page?: string; kind?: "laboratory" | "examination" } }
      responses: { 200: { content: { 'application/json': { reports: Array<{ id: string; version: number; kind: "laboratory" | "examination"; name: string; categories: Array<string>; status: string; at: string; issued?: string; number: string; author: string; visit?: string; abnormal: number; critical: number; conclusion: string; words: Array<{ label: string; text: string }>; links: Array<{ url: string; title: string }> }>; next?: string } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/patients/{tenant}/{id}/reports/{report}': {
    /** 一份报告及其全部结果 · one report with every result */
    get: {
      parameters: { path: { tenant: string; id: string; report: string } }
      responses: { 200: { content: { 'application/json': { id: string; version: number; kind: "laboratory" | "examination"; name: string; categories: Array<string>; status: string; at: string; issued?: string; number: string; author: string; visit?: string; abnormal: number; critical: number; conclusion: string; words: Array<{ label: string; text: string }>; links: Array<{ url: string; title: string }>; items: Array<{ key: string; name: string; code: string; id: string; version: number; at: string; text: string; value?: number; unit: string; flag: "critical-high" | "critical-low" | "critical" | "high" | "low" | "abnormal" | "normal" | "none"; range: string; low?: number; high?: number; status: string; was?: string }> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/patients/{tenant}/{id}/results': {
    /** 检验或体征网格，由新到旧分页 · results: tests down, time across */
    get: {
      parameters: { path: { tenant: string; id: string }; query?: { visit?: string; page?: string; category?: "laboratory" | "vital-signs" } }
      responses: { 200: { content: { 'application/json': { items: Array<{ key: string; code: string; name: string; unit: string; panel: string }>; columns: Array<{ at: string; reports: Array<{ id: string; name: string; status: string }> }>; cells: Array<{ item: number; column: number; id: string; version: number; at: string; text: string; value?: number; unit: string; flag: "critical-high" | "critical-low" | "critical" | "high" | "low" | "abnormal" | "normal" | "none"; range: string; low?: number; high?: number; status: string }>; next?: string } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/patients/{tenant}/{id}/reveal': {
    /** 查看未脱敏的证件号与联系方式，须说明原因并留痕 · numbers unmasked, with a reason, audited */
    post: {
      parameters: { path: { tenant: string; id: string } }
      requestBody: { content: { 'application/json': { reason: string } } }
      responses: { 200: { content: { 'application/json': { identifiers: Array<{ label: string; system: string; value: string; masked: boolean }>; phones: Array<{ use: string; value: string; masked: boolean }>; addresses: Array<string>; contacts: Array<{ name: string; relation: string; phone: string }> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/patients/{tenant}/{id}/trend': {
    /** 一个项目的历次结果 · one item over time */
    get: {
      parameters: { path: { tenant: string; id: string }; query?: { item?: string } }
      responses: { 200: { content: { 'application/json': { name: string; unit: string; points: Array<{ id: string; version: number; at: string; text: string; value?: number; unit: string; flag: "critical-high" | "critical-low" | "critical" | "high" | "low" | "abnormal" | "normal" | "none"; range: string; low?: number; high?: number; status: string; was?: string }>; complete: boolean } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/patients/{tenant}/{id}/visits': {
    /** 就诊 · visits */
    get: {
      parameters: { path: { tenant: string; id: string } }
      responses: { 200: { content: { 'application/json': { visits: Array<{ id: string; version: number; lane: "outpatient" | "emergency" | "inpatient" | "prehospital" | "checkup" | "other"; status: string; start?: string; end?: string; number: string; department: string; place: string; doctor: string; diagnoses: Array<string>; reason: string; outcome: string; legalStatus: string }>; complete: boolean } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/present': {
    /** 在院与急诊在诊患者 · patients in hospital and in the emergency room */
    get: {
      parameters: {  }
      responses: { 200: { content: { 'application/json': { present: Array<{ tenant: string; tenantName: string; id: string; name: string; sex: string; birthDate?: string; number: string; visit: { id: string; version: number; lane: "outpatient" | "emergency" | "inpatient" | "prehospital" | "checkup" | "other"; status: string; start?: string; end?: string; number: string; department: string; place: string; doctor: string; diagnoses: Array<string>; reason: string; outcome: string; legalStatus: string } }>; more: boolean } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/rating': {
    /** 互联互通自评估（按医院）· interop rating self-assessment */
    get: {
      parameters: {  }
      responses: { 200: { content: { 'application/json': { scheme: string; title: { zh: string; en: string }; status: string; atMs: number; windowHours: number; hospitals: Array<{ tenant: string; name: string; findings: Array<{ id: string; part: string; title: { zh: string; en: string }; measure: string; target: number; unit: { zh: string; en: string }; better?: "higher" | "lower"; source: string; value?: number; met: boolean; evidence: Array<{ label: string; value: string; href: string }> }> }>; systems: unknown } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/replays': {
    /** 批量重放：所选消息，或某类故障的全部消息 · replay many messages as a task */
    post: {
      parameters: {  }
      requestBody: { content: { 'application/json': { ids?: Array<string>; fault?: string; channel?: string } } }
      responses: { 200: { content: { 'application/json': { id: string; startedAtMs: number; endedAtMs?: number; total: number; done: number; processed: number; failed: number; stopped: boolean; troubles: Array<{ id: string; fault: string }> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
    /** 我的重放任务 · my replay tasks */
    get: {
      parameters: {  }
      responses: { 200: { content: { 'application/json': { tasks: Array<{ id: string; startedAtMs: number; endedAtMs?: number; total: number; done: number; processed: number; failed: number; stopped: boolean; troubles: Array<{ id: string; fault: string }> }> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/replays/{task}': {
    /** 停止重放任务 · stop a replay task */
    delete: {
      parameters: { path: { task: string } }
      responses: { 200: { content: { 'application/json': { id: string; startedAtMs: number; endedAtMs?: number; total: number; done: number; processed: number; failed: number; stopped: boolean; troubles: Array<{ id: string; fault: string }> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/resources/{tenant}/{type}/{id}': {
    /** 资源的各个版本及来源消息 · versions of a resource and what caused them */
    get: {
      parameters: { path: { tenant: string; type: string; id: string } }
      responses: { 200: { content: { 'application/json': { tenant: string; type: string; id: string; versions: Array<{ version: number; op: string; atMs: number; t: number; by: string; message?: string; plan?: string; body?: unknown }> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/session': {
    /** 登录 · sign in */
    post: {
      parameters: {  }
      requestBody: { content: { 'application/json': { name: string; password: string } } }
      responses: { 200: { content: { 'application/json': { id: string; name: string; tenants: Array<string>; rights: Array<string> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
    /** 当前用户 · who is signed in */
    get: {
      parameters: {  }
      responses: { 200: { content: { 'application/json': { id: string; name: string; tenants: Array<string>; rights: Array<string> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
    /** 退出 · sign out */
    delete: {
      parameters: {  }
      responses: { 200: { content: { 'application/json': Record<string, never> } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/tenants': {
    /** 可见租户 · tenants the caller may see */
    get: {
      parameters: {  }
      responses: { 200: { content: { 'application/json': { tenants: Array<{ code: string; name: string; nameEn: string }> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/tenants/{code}': {
    /** 新建或修改租户 · make or change a tenant */
    put: {
      parameters: { path: { code: string } }
      requestBody: { content: { 'application/json': { name?: string; nameEn?: string; kind?: "hospital" | "centre"; sharesPersons?: boolean; organizationCode?: string; validation?: "strict" | "lenient" | "off" } } }
      responses: { 200: { content: { 'application/json': { code: string } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/terminology/codes': {
    /** 按名称或拼音首字母检索代码 · find codes by name or pinyin initials */
    get: {
      parameters: { query?: { q?: string; system?: string } }
      responses: { 200: { content: { 'application/json': { codes: Array<unknown> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/terminology/gaps': {
    /** 代码缺口清单 · codes no map knows */
    get: {
      parameters: {  }
      responses: { 200: { content: { 'application/json': { gaps: Array<{ tenant: string; key: string; map: string; system: string; code: string; display?: string; source: string; element?: string; example: string; count: number; firstSeenMs: number; lastSeenHourMs: number; suggestion?: { system: string; code: string; display?: string }; target?: { system: string; name: string } }> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/terminology/gaps/{tenant}': {
    /** 补充一条代码对照 · decide about one code */
    post: {
      parameters: { path: { tenant: string } }
      requestBody: { content: { 'application/json': { map: string; system: string; code: string; target: { system: string; code: string; display?: string } | null; equivalence?: "equivalent" | "wider" | "narrower" | "inexact"; comment?: string } } }
      responses: { 200: { content: { 'application/json': { recoding?: { id: string; tenant: string; system: string; code: string; by: string; startedAtMs: number; endedAtMs?: number; state: "running" | "done" | "stopped" | "failed"; stage: number; stages: number; seen: number; changed: number; fault?: string } } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/terminology/recodings': {
    /** 补码任务：补充对照后为已存数据加注标准码 · jobs that bring stored data up to a decision */
    get: {
      parameters: {  }
      responses: { 200: { content: { 'application/json': { recodings: Array<{ id: string; tenant: string; system: string; code: string; by: string; startedAtMs: number; endedAtMs?: number; state: "running" | "done" | "stopped" | "failed"; stage: number; stages: number; seen: number; changed: number; fault?: string }> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/terminology/recodings/{tenant}': {
    /** 为一个代码重新补码 · re-code what is stored with a code */
    post: {
      parameters: { path: { tenant: string } }
      requestBody: { content: { 'application/json': { system: string; code: string; map?: string; source?: string; element?: string; sinceMs?: number } } }
      responses: { 200: { content: { 'application/json': { id: string; tenant: string; system: string; code: string; by: string; startedAtMs: number; endedAtMs?: number; state: "running" | "done" | "stopped" | "failed"; stage: number; stages: number; seen: number; changed: number; fault?: string } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/terminology/recodings/{tenant}/{id}': {
    /** 停止补码任务 · stop a re-coding */
    delete: {
      parameters: { path: { tenant: string; id: string } }
      responses: { 200: { content: { 'application/json': { id: string; tenant: string; system: string; code: string; by: string; startedAtMs: number; endedAtMs?: number; state: "running" | "done" | "stopped" | "failed"; stage: number; stages: number; seen: number; changed: number; fault?: string } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/users': {
    /** 新建或修改用户 · make or change a user */
    post: {
      parameters: {  }
      requestBody: { content: { 'application/json': { name: string; displayName: string; tenants: Array<string> | "all"; roles: Array<"admin" | "analyst" | "clinician" | "quality" | "developer">; password: string } } }
      responses: { 200: { content: { 'application/json': { name: string } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
    /** 用户列表 · users */
    get: {
      parameters: {  }
      responses: { 200: { content: { 'application/json': { users: Array<{ name: string; displayName: string; tenants: unknown; roles: Array<string> }> } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
  '/api/validate': {
    /** 校验 HL7 v2、FHIR 或 CDA 文本，不入库 · check a text of HL7 v2, FHIR or CDA without storing it */
    post: {
      parameters: { query?: { profile?: string; text?: boolean } }
      requestBody: { content: { 'application/octet-stream': string } }
      responses: { 200: { content: { 'application/json': { kind: "hl7v2" | "fhir-json" | "fhir-xml" | "cda" | "unknown"; name?: string; charset?: string; valid: boolean; findings: Array<{ severity: "fatal" | "error" | "warning" | "information"; code: string; text: string; hint?: string; path?: string; line?: number; column?: number; length?: number }>; text?: string } } }; default: { content: { 'application/problem+json': { [member: string]: unknown } } } }
    }
  }
}
