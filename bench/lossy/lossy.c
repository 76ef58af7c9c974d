// A disk that forgets: preloaded into the server, it notes the bytes that every write replaces, until the file is synced. After a kill, `undo.ts` puts them
// back, so that the data directory looks as it would after a power cut. kill -9 alone keeps the page cache and cannot find a missing fsync.
//
//   cc -shared -fPIC -O2 -o lossy.so lossy.c -ldl -lpthread
//   LOSSY_DIR=/abs/data LOSSY_JOURNAL=/abs/journal LD_PRELOAD=./lossy.so node main.ts
//
// Journal records, little endian: type u8, path length u16, path, then
//   W: offset u64, old file size u64, old length u32, old bytes    T (truncate): old file size u64, tail length u32, tail bytes
//   C (created), U (unlinked): nothing                             R (renamed): new path length u16, new path
//   S (file synced), D (directory synced): number of records noted before the sync began u64 (later writes are not covered)
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define FDS 65536
static char *paths[FDS];
// Opened with O_DSYNC: every write is synced when it returns.
static char synchronous[FDS];
static const char *dir;
static size_t dir_len;
static int journal = -1;
static uint64_t noted;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(ret, name, ...) static ret (*real_##name)(__VA_ARGS__)
REAL(int, open, const char *, int, ...);
REAL(int, openat, int, const char *, int, ...);
REAL(int, close, int);
REAL(ssize_t, write, int, const void *, size_t);
REAL(ssize_t, pwrite, int, const void *, size_t, off_t);
REAL(ssize_t, pread, int, void *, size_t, off_t);
REAL(ssize_t, writev, int, const struct iovec *, int);
REAL(ssize_t, pwritev, int, const struct iovec *, int, off_t);
REAL(int, ftruncate, int, off_t);
REAL(int, fsync, int);
REAL(int, fdatasync, int);
REAL(int, rename, const char *, const char *);
REAL(int, unlink, const char *);

__attribute__((constructor)) static void start(void) {
#define LOAD(name) real_##name = dlsym(RTLD_NEXT, #name)
  LOAD(open); LOAD(openat); LOAD(close); LOAD(write); LOAD(pwrite); LOAD(pread); LOAD(writev); LOAD(pwritev);
  LOAD(ftruncate); LOAD(fsync); LOAD(fdatasync); LOAD(rename); LOAD(unlink);
  dir = getenv("LOSSY_DIR");
  const char *path = getenv("LOSSY_JOURNAL");
  if (!dir || !path) return;
  dir_len = strlen(dir);
  journal = real_open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int ours(const char *path) { return journal >= 0 && path && strncmp(path, dir, dir_len) == 0; }

static void note(char type, const char *path, const void *head, size_t head_len, const void *bytes, size_t len) {
  size_t path_len = strlen(path), at = 0;
  char *record = malloc(3 + path_len + head_len + len);
  record[at++] = type;
  record[at++] = path_len & 255;
  record[at++] = path_len >> 8;
  memcpy(record + at, path, path_len); at += path_len;
  if (head_len) memcpy(record + at, head, head_len);
  at += head_len;
  if (len) memcpy(record + at, bytes, len);
  at += len;
  if (real_write(journal, record, at) < 0) abort();
  noted++;
  free(record);
}

static char *absolute(int at, const char *path) {
  char buffer[8192], whole[12288];
  if (path[0] == '/') return strdup(path);
  if (at == AT_FDCWD) {
    if (!getcwd(buffer, sizeof buffer)) return strdup(path);
  } else {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", at);
    ssize_t n = readlink(link, buffer, sizeof buffer - 1);
    if (n < 0) return strdup(path);
    buffer[n] = 0;
  }
  snprintf(whole, sizeof whole, "%s/%s", buffer, path);
  return strdup(whole);
}

static int opened(int fd, int at, const char *given, int existed, int flags) {
  if (fd < 0 || fd >= FDS || journal < 0) return fd;
  char *path = absolute(at, given);
  size_t n = strlen(path);
  // The wal-index of SQLite is rebuilt after a crash and never synced: it is not part of what must survive.
  if (!ours(path) || (n > 4 && strcmp(path + n - 4, "-shm") == 0)) { free(path); return fd; }
  pthread_mutex_lock(&lock);
  free(paths[fd]);
  paths[fd] = path;
  synchronous[fd] = (flags & O_DSYNC) != 0;
  if (!existed) note('C', path, NULL, 0, NULL, 0);
  pthread_mutex_unlock(&lock);
  return fd;
}

static int exists(int at, const char *path) { struct stat s; return fstatat(at, path, &s, 0) == 0; }

#define MODE(flags) mode_t mode = 0; if ((flags) & (O_CREAT | O_TMPFILE)) { va_list list; va_start(list, flags); mode = va_arg(list, mode_t); va_end(list); }
int open(const char *path, int flags, ...) { MODE(flags) int was = !(flags & O_CREAT) || exists(AT_FDCWD, path); return opened(real_open(path, flags, mode), AT_FDCWD, path, was, flags); }
int open64(const char *path, int flags, ...) { MODE(flags) int was = !(flags & O_CREAT) || exists(AT_FDCWD, path); return opened(real_open(path, flags | O_LARGEFILE, mode), AT_FDCWD, path, was, flags); }
int openat(int at, const char *path, int flags, ...) { MODE(flags) int was = !(flags & O_CREAT) || exists(at, path); return opened(real_openat(at, path, flags, mode), at, path, was, flags); }
int openat64(int at, const char *path, int flags, ...) { MODE(flags) int was = !(flags & O_CREAT) || exists(at, path); return opened(real_openat(at, path, flags | O_LARGEFILE, mode), at, path, was, flags); }

int close(int fd) {
  if (fd >= 0 && fd < FDS && paths[fd]) { pthread_mutex_lock(&lock); free(paths[fd]); paths[fd] = NULL; pthread_mutex_unlock(&lock); }
  return real_close(fd);
}

// Caller holds the lock: the note must stand before the write, and no other write between them.
static void note_write(int fd, off_t offset, size_t count) {
  struct stat s;
  if (fstat(fd, &s) < 0) return;
  size_t old = offset >= s.st_size ? 0 : (size_t)(s.st_size - offset) < count ? (size_t)(s.st_size - offset) : count;
  char *bytes = malloc(old ? old : 1);
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  int reader = old ? real_open(link, O_RDONLY | O_CLOEXEC) : -1;
  if (old && (reader < 0 || real_pread(reader, bytes, old, offset) != (ssize_t)old)) abort();
  if (reader >= 0) real_close(reader);
  struct __attribute__((packed)) { uint64_t offset, size; uint32_t length; } head = { offset, s.st_size, old };
  note('W', paths[fd], &head, sizeof head, bytes, old);
  free(bytes);
}

static void note_synced(int fd) {
  uint64_t before = noted;
  note('S', paths[fd], &before, sizeof before, NULL, 0);
}

static off_t position(int fd) {
  struct stat s;
  int flags = fcntl(fd, F_GETFL);
  if (flags & O_APPEND && fstat(fd, &s) == 0) return s.st_size;
  return lseek(fd, 0, SEEK_CUR);
}

static size_t total(const struct iovec *parts, int count) { size_t sum = 0; for (int i = 0; i < count; i++) sum += parts[i].iov_len; return sum; }

#define WATCHED(fd) (journal >= 0 && (fd) >= 0 && (fd) < FDS && paths[fd])
#define GUARDED(fd, before, call) if (!WATCHED(fd)) return call; pthread_mutex_lock(&lock); before; __auto_type result = call; int saved = errno; if (synchronous[fd]) note_synced(fd); pthread_mutex_unlock(&lock); errno = saved; return result;

ssize_t write(int fd, const void *bytes, size_t count) { GUARDED(fd, note_write(fd, position(fd), count), real_write(fd, bytes, count)) }
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) { GUARDED(fd, note_write(fd, offset, count), real_pwrite(fd, bytes, count, offset)) }
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) { GUARDED(fd, note_write(fd, offset, count), real_pwrite(fd, bytes, count, offset)) }
ssize_t writev(int fd, const struct iovec *parts, int count) { GUARDED(fd, note_write(fd, position(fd), total(parts, count)), real_writev(fd, parts, count)) }
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) { GUARDED(fd, note_write(fd, offset, total(parts, count)), real_pwritev(fd, parts, count, offset)) }
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset) { GUARDED(fd, note_write(fd, offset, total(parts, count)), real_pwritev(fd, parts, count, offset)) }

static void note_truncate(int fd, off_t length) {
  struct stat s;
  if (fstat(fd, &s) < 0) return;
  size_t tail = s.st_size > length ? s.st_size - length : 0;
  char *bytes = malloc(tail ? tail : 1);
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  int reader = tail ? real_open(link, O_RDONLY | O_CLOEXEC) : -1;
  if (tail && (reader < 0 || real_pread(reader, bytes, tail, length) != (ssize_t)tail)) abort();
  if (reader >= 0) real_close(reader);
  struct __attribute__((packed)) { uint64_t size; uint32_t length; } head = { s.st_size, tail };
  note('T', paths[fd], &head, sizeof head, bytes, tail);
  free(bytes);
}
int ftruncate(int fd, off_t length) { GUARDED(fd, note_truncate(fd, length), real_ftruncate(fd, length)) }
int ftruncate64(int fd, off64_t length) { GUARDED(fd, note_truncate(fd, length), real_ftruncate(fd, length)) }

static int synced(int fd, int (*sync)(int)) {
  struct stat s;
  if (!WATCHED(fd)) return sync(fd);
  pthread_mutex_lock(&lock);
  uint64_t before = noted;
  pthread_mutex_unlock(&lock);
  int result = sync(fd), saved = errno;
  if (result == 0 && fstat(fd, &s) == 0) {
    pthread_mutex_lock(&lock);
    note(S_ISDIR(s.st_mode) ? 'D' : 'S', paths[fd], &before, sizeof before, NULL, 0);
    pthread_mutex_unlock(&lock);
  }
  errno = saved;
  return result;
}
int fsync(int fd) { return synced(fd, real_fsync); }
int fdatasync(int fd) { return synced(fd, real_fdatasync); }

int rename(const char *from, const char *to) {
  char *a = absolute(AT_FDCWD, from), *b = absolute(AT_FDCWD, to);
  pthread_mutex_lock(&lock);
  int result = real_rename(from, to), saved = errno;
  if (result == 0 && ours(a)) {
    uint16_t length = strlen(b);
    note('R', a, &length, 2, b, length);
  }
  pthread_mutex_unlock(&lock);
  free(a); free(b);
  errno = saved;
  return result;
}

int unlink(const char *path) {
  char *a = absolute(AT_FDCWD, path);
  pthread_mutex_lock(&lock);
  int result = real_unlink(path), saved = errno;
  if (result == 0 && ours(a)) note('U', a, NULL, 0, NULL, 0);
  pthread_mutex_unlock(&lock);
  free(a);
  errno = saved;
  return result;
}
