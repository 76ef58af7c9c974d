// How a psychiatric stay stands in law, as far as its looks go: against the patient's will stands out.

export function legalTone(status: string): 'info' | 'warn' {
  return /非自愿|强制/.test(status) ? 'warn' : 'info'
}
