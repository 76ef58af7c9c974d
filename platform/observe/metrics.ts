// Prometheus metrics: one registry per process, names `huilian_…` with base units (seconds, bytes).
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export type Metrics = ReturnType<typeof openMetrics>

export function openMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'huilian_' })
  const registers = [registry]
  return {
    registry,
    received: new Counter({
      name: 'huilian_messages_received_total',
      help: 'Messages received, by channel and acknowledgement',
      labelNames: ['channel', 'ack'],
      registers,
    }),
    settled: new Counter({
      name: 'huilian_messages_settled_total',
      help: 'Messages settled, by channel and status',
      labelNames: ['channel', 'status'],
      registers,
    }),
    ackSeconds: new Histogram({
      name: 'huilian_ack_seconds',
      help: 'Time from the last byte of a message to its acknowledgement',
      buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2],
      registers,
    }),
    processSeconds: new Histogram({
      name: 'huilian_process_seconds',
      help: 'Time from receipt to commit of a message',
      buckets: [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 60],
      registers,
    }),
    backlog: new Gauge({ name: 'huilian_backlog_messages', help: 'Messages acknowledged and not yet processed', registers }),
    deliveries: new Counter({
      name: 'huilian_deliveries_total',
      help: 'Delivery attempts, by destination and outcome',
      labelNames: ['destination', 'outcome'],
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'huilian_http_request_seconds',
      help: 'HTTP requests by surface, method and status class',
      labelNames: ['surface', 'method', 'status'],
      buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5],
      registers,
    }),
  }
}
