// Passwords and client secrets: kept as scrypt hashes; the policy follows 等保三级 身份鉴别 (GB/T 22239-2019 8.1.4.1).
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { fault } from '#kernel/fault.ts'
import { failed, ok, type Result } from '#kernel/result.ts'

const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }

/** `scrypt$N$salt$hash`, base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  return `scrypt$${cost.N}$${salt.toString('base64')}$${(await derive(password, salt)).toString('base64')}`
}

export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [scheme, , salt, hash] = stored.split('$')
  if (scheme !== 'scrypt' || !salt || !hash) return false
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64')), Buffer.from(hash, 'base64'))
}

/** At least 8 characters of three of the four classes, not containing the user name. */
export function checkPassword(password: string, userName: string): Result<void> {
  const classes = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].filter(c => c.test(password)).length
  const reason =
    password.length < 8
      ? '至少 8 个字符 / at least 8 characters'
      : password.length > 200
        ? '不超过 200 个字符 / at most 200 characters'
        : classes < 3
          ? '大写、小写、数字、符号至少三类 / three of upper case, lower case, digits, symbols'
          : password.toLowerCase().includes(userName.toLowerCase())
            ? '不得包含用户名 / must not contain the user name'
            : undefined
  return reason ? failed(fault('auth.weak-password', { args: { reason } })) : ok(undefined)
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    scrypt(password.normalize('NFKC'), salt, 32, cost, (error, key) => (error ? reject(error) : resolve(key))),
  )
}
