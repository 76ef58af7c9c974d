// Long work in turns: a Bundle of thousands must not keep the sockets of this thread waiting (acknowledgements are sent from it).

/** How long one piece of work may hold the event loop. */
const holdMsMax = 8

/** Asked between pieces of work: a pause to wait for when the turn is over, undefined while it is not. */
export function turns(): () => Promise<void> | undefined {
  let since = performance.now()
  return () => {
    if (performance.now() - since < holdMsMax) return undefined
    return new Promise(resolve =>
      setImmediate(() => {
        since = performance.now()
        resolve()
      }),
    )
  }
}
