// The tables of one tenant's file, version by version: forward only, one SQL text per step. What each table is for stands in docs/decisions/0001.
import type { DatabaseSync } from 'node:sqlite'
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'

export const pageBytes = 4096

/** Versions of one resource have the keys from `rid * versionsPerResource + 1` on. */
export const versionsPerResource = 2 ** 20

/** Chunks of the commit `t` have the ids from `t * chunksPerCommit` on. */
export const chunksPerCommit = 2 ** 14

/** Periods longer than this (a day of 25 hours) stand in an index of their own, by their end: what ends after a time is then two short ranges. */
export const longSpanMs = 25 * 3_600_000

const core = `
CREATE TABLE state (one INTEGER PRIMARY KEY, t INTEGER NOT NULL, rid INTEGER NOT NULL, audit INTEGER NOT NULL, horizon INTEGER NOT NULL);
INSERT INTO state VALUES (1, 0, 0, 0, 0);
CREATE TABLE name (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);

CREATE TABLE resource (id TEXT NOT NULL, type INTEGER NOT NULL, rid INTEGER NOT NULL, PRIMARY KEY (id, type)) WITHOUT ROWID;
CREATE TABLE version (
  key INTEGER PRIMARY KEY, t INTEGER NOT NULL, at INTEGER NOT NULL, op INTEGER NOT NULL,
  chunk INTEGER NOT NULL, start INTEGER NOT NULL, size INTEGER NOT NULL, params TEXT NOT NULL, facts BLOB NOT NULL);
CREATE TABLE chunk (id INTEGER PRIMARY KEY, message INTEGER, plan INTEGER, author INTEGER NOT NULL, bytes BLOB NOT NULL);
CREATE INDEX chunk_message ON chunk (message) WHERE message IS NOT NULL;
CREATE TABLE feed (type INTEGER NOT NULL, at INTEGER NOT NULL, rid INTEGER NOT NULL, version INTEGER NOT NULL,
  PRIMARY KEY (type, at, rid, version)) WITHOUT ROWID;
CREATE TABLE census (type INTEGER PRIMARY KEY, live INTEGER NOT NULL);
CREATE TABLE closed (t INTEGER PRIMARY KEY, at INTEGER NOT NULL, rows TEXT NOT NULL);
`

/** `from_t` and `to_t`: the first commit that sees the row, and the first that does not (null while it is open). */
const indexes = `
CREATE TABLE token (space INTEGER NOT NULL, code TEXT NOT NULL, rid INTEGER NOT NULL, from_t INTEGER NOT NULL, to_t INTEGER,
  PRIMARY KEY (space, code, rid, from_t)) WITHOUT ROWID;
CREATE TABLE link (name INTEGER NOT NULL, target INTEGER NOT NULL, code TEXT NOT NULL, at INTEGER NOT NULL, rid INTEGER NOT NULL,
  from_t INTEGER NOT NULL, to_t INTEGER, PRIMARY KEY (target, name, code, at, rid, from_t)) WITHOUT ROWID;
CREATE TABLE date (name INTEGER NOT NULL, start INTEGER NOT NULL, rid INTEGER NOT NULL, span INTEGER NOT NULL, from_t INTEGER NOT NULL, to_t INTEGER,
  PRIMARY KEY (name, start, rid, span, from_t)) WITHOUT ROWID;
CREATE INDEX date_of ON date (rid, name, start, span, from_t, to_t);
CREATE INDEX date_long ON date (name, start + span, start, rid, from_t, to_t) WHERE span > ${longSpanMs};
CREATE TABLE text (name INTEGER NOT NULL, text TEXT NOT NULL, rid INTEGER NOT NULL, from_t INTEGER NOT NULL, to_t INTEGER,
  PRIMARY KEY (name, text, rid, from_t)) WITHOUT ROWID;
CREATE INDEX text_of ON text (rid, name, text, from_t, to_t);
CREATE TABLE gram (name INTEGER NOT NULL, gram TEXT NOT NULL, rid INTEGER NOT NULL, place INTEGER NOT NULL, from_t INTEGER NOT NULL, to_t INTEGER,
  PRIMARY KEY (name, gram, rid, place, from_t)) WITHOUT ROWID;
CREATE TABLE number (name INTEGER NOT NULL, rid INTEGER NOT NULL, unit INTEGER NOT NULL, low REAL NOT NULL, high REAL NOT NULL, from_t INTEGER NOT NULL,
  to_t INTEGER, PRIMARY KEY (name, rid, unit, low, high, from_t)) WITHOUT ROWID;
CREATE TABLE uri (name INTEGER NOT NULL, uri TEXT NOT NULL, rid INTEGER NOT NULL, from_t INTEGER NOT NULL, to_t INTEGER,
  PRIMARY KEY (name, uri, rid, from_t)) WITHOUT ROWID;
`

const journal = `
CREATE TABLE message (
  seq INTEGER PRIMARY KEY, received_at INTEGER NOT NULL, channel INTEGER NOT NULL, type INTEGER NOT NULL, status INTEGER NOT NULL,
  control_id TEXT NOT NULL, duplicate_key TEXT NOT NULL, duplicate_of INTEGER, attempt INTEGER NOT NULL, fault_code INTEGER, faults TEXT NOT NULL,
  plan INTEGER, settled_at INTEGER, retry_at INTEGER, envelope TEXT NOT NULL);
CREATE INDEX message_time ON message (received_at);
CREATE INDEX message_channel ON message (channel, received_at);
CREATE INDEX message_type ON message (type, received_at);
CREATE INDEX message_status ON message (status, received_at) WHERE status <> 0;
CREATE INDEX message_fault ON message (fault_code, received_at) WHERE fault_code IS NOT NULL;
CREATE INDEX message_control ON message (control_id) WHERE control_id <> '';
CREATE INDEX message_duplicate ON message (duplicate_key) WHERE duplicate_key <> '';
CREATE TABLE tag (value TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (value, seq)) WITHOUT ROWID;
`

const others = `
CREATE TABLE claim (key TEXT PRIMARY KEY, holder TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE document (sha256 TEXT PRIMARY KEY, media_type TEXT NOT NULL, bytes BLOB NOT NULL);
CREATE TABLE delivery (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, destination INTEGER NOT NULL, lane TEXT NOT NULL, message INTEGER NOT NULL, control_id TEXT NOT NULL,
  status INTEGER NOT NULL, attempt INTEGER NOT NULL, due_at INTEGER NOT NULL, settled_at INTEGER, answer TEXT, fault TEXT);
CREATE INDEX delivery_message ON delivery (message);
CREATE INDEX delivery_queue ON delivery (destination, message, number) WHERE status = 0;
CREATE INDEX delivery_lane ON delivery (destination, lane, message, number) WHERE status = 0;
CREATE INDEX delivery_failed ON delivery (destination, message, number) WHERE status = 2;
CREATE TABLE record (kind TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL, value TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE tally (kind TEXT NOT NULL, hour INTEGER NOT NULL, key TEXT NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY (kind, hour, key)) WITHOUT ROWID;
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, principal INTEGER NOT NULL, action TEXT NOT NULL, outcome TEXT NOT NULL, subject TEXT NOT NULL, patient TEXT,
  remote TEXT, detail TEXT);
CREATE INDEX audit_patient ON audit (patient) WHERE patient IS NOT NULL;
CREATE INDEX audit_principal ON audit (principal);
`

/** Step n brings a file from version n to n + 1. A step that was released is never changed. */
export const migrations: readonly string[] = [core + indexes + journal + others]

/** Brings the file to the newest version, each step whole or not at all; `store.newer` when a newer program wrote it. */
export function migrate(db: DatabaseSync, steps = migrations): Result<void> {
  const found = Number(db.prepare('PRAGMA user_version').get()!['user_version'])
  if (found > steps.length) return failed(fault('store.newer', { args: { found, known: steps.length } }))
  for (let version = found; version < steps.length; version++) {
    try {
      db.exec(`BEGIN IMMEDIATE; ${steps[version]!} PRAGMA user_version = ${version + 1}; COMMIT`)
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK')
      throw error
    }
  }
  return ok(undefined)
}
