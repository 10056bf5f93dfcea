/* Loaded before libc (LD_PRELOAD): lets system calls on files below a folder fail, keeps a log of what was written to
 * them, or sets the clock ahead. Everything is chosen by environment variables:
 *
 *   FAULTS_FOLDER   only files below this folder are concerned
 *   FAULTS_CALL     read, write or fsync: the calls that are counted
 *   FAULTS_AT       the number of the call that fails (from 1), with EIO
 *   FAULTS_COUNTER  a file of 8 bytes, the count shared by all processes
 *   FAULTS_LOG      a file that gets a record of every write, fsync, truncation, creation, renaming and removal
 *   FAULTS_SAID     a file whose writes are recorded as acknowledgements
 *   FAULTS_CLOCK    seconds added to the time of day
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static const char *setting(const char *name) {
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

static int below(const char *path) {
    const char *folder = setting("FAULTS_FOLDER");
    size_t length = folder ? strlen(folder) : 0;
    return folder && !strncmp(path, folder, length) && path[length] == '/';
}

static int path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, 4095);
    if (length <= 0) return 0;
    path[length] = 0;
    return path[0] == '/';
}

/* Whether this call, of those that are counted, is the one that fails. */
static int fails(const char *call, int fd) {
    const char *wanted = setting("FAULTS_CALL"), *at = setting("FAULTS_AT"), *counter = setting("FAULTS_COUNTER");
    static _Atomic uint64_t *count;
    char path[4096];
    if (!wanted || !at || !counter || strcmp(wanted, call) || !path_of(fd, path) || !below(path)) return 0;
    if (!count) {
        int file = REAL(open)(counter, O_RDWR);
        if (file < 0) return 0;
        void *place = mmap(NULL, 8, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        REAL(close)(file);
        if (place == MAP_FAILED) return 0;
        count = place;
    }
    return atomic_fetch_add(count, 1) + 1 == strtoull(at, NULL, 10);
}

/* One record: kind, lengths of path and data, offset, path, data. Appended in one piece. */
static void record(char kind, const char *path, uint64_t offset, const void *data, size_t size) {
    static int log = -1;
    const char *name = setting("FAULTS_LOG");
    if (!name) return;
    if (log < 0) log = REAL(open)(name, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    struct __attribute__((packed)) { char kind; uint32_t path, size; uint64_t offset; } head = {
        kind, (uint32_t)strlen(path), (uint32_t)size, offset};
    struct iovec parts[3] = {{&head, sizeof head}, {(void *)path, head.path}, {(void *)data, size}};
    int saved = errno;
    if (log >= 0 && writev(log, parts, size ? 3 : 2) < 0) _exit(99);
    errno = saved;
}

static void record_of(char kind, int fd, uint64_t offset, const void *data, size_t size) {
    char path[4096];
    const char *said = setting("FAULTS_SAID");
    if (!setting("FAULTS_LOG") || !path_of(fd, path)) return;
    if (said && kind == 'W' && !strcmp(path, said)) record('A', path, offset, data, size);
    else if (below(path)) record(kind, path, offset, data, size);
}

ssize_t read(int fd, void *data, size_t size) {
    if (fails("read", fd)) { errno = EIO; return -1; }
    return REAL(read)(fd, data, size);
}

ssize_t pread(int fd, void *data, size_t size, off_t offset) {
    if (fails("read", fd)) { errno = EIO; return -1; }
    return REAL(pread)(fd, data, size, offset);
}

ssize_t pread64(int fd, void *data, size_t size, off64_t offset) {
    if (fails("read", fd)) { errno = EIO; return -1; }
    return REAL(pread64)(fd, data, size, offset);
}

ssize_t write(int fd, const void *data, size_t size) {
    if (fails("write", fd)) { errno = EIO; return -1; }
    ssize_t done = REAL(write)(fd, data, size);
    if (done > 0 && setting("FAULTS_LOG")) {
        off_t end = lseek(fd, 0, SEEK_CUR);
        record_of('W', fd, end < 0 ? 0 : (uint64_t)(end - done), data, (size_t)done);
    }
    return done;
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) {
    if (fails("write", fd)) { errno = EIO; return -1; }
    ssize_t done = REAL(pwrite)(fd, data, size, offset);
    if (done > 0) record_of('W', fd, (uint64_t)offset, data, (size_t)done);
    return done;
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset) {
    if (fails("write", fd)) { errno = EIO; return -1; }
    ssize_t done = REAL(pwrite64)(fd, data, size, offset);
    if (done > 0) record_of('W', fd, (uint64_t)offset, data, (size_t)done);
    return done;
}

int fsync(int fd) {
    if (fails("fsync", fd)) { errno = EIO; return -1; }
    int done = REAL(fsync)(fd);
    if (!done) record_of('S', fd, 0, NULL, 0);
    return done;
}

int fdatasync(int fd) {
    if (fails("fsync", fd)) { errno = EIO; return -1; }
    int done = REAL(fdatasync)(fd);
    if (!done) record_of('S', fd, 0, NULL, 0);
    return done;
}

int ftruncate(int fd, off_t size) {
    int done = REAL(ftruncate)(fd, size);
    if (!done) record_of('T', fd, (uint64_t)size, NULL, 0);
    return done;
}

int ftruncate64(int fd, off64_t size) {
    int done = REAL(ftruncate64)(fd, size);
    if (!done) record_of('T', fd, (uint64_t)size, NULL, 0);
    return done;
}

static void whole(const char *path, char *found) {
    if (path[0] == '/' || !getcwd(found, 2048)) snprintf(found, 4096, "%s", path);
    else {
        size_t length = strlen(found);
        snprintf(found + length, 4096 - length, "/%s", path);
    }
}

static void record_opening(const char *path, int flags, int fd, int existed) {
    char found[4096];
    if (fd < 0 || !setting("FAULTS_LOG")) return;
    whole(path, found);
    if (!below(found)) return;
    if ((flags & O_CREAT) && !existed) record('C', found, 0, NULL, 0);
    else if (flags & O_TRUNC) record('T', found, 0, NULL, 0);
}

static int is_there(const char *path, int flags) {
    return !(flags & O_CREAT) || !setting("FAULTS_LOG") || access(path, F_OK) == 0;
}

#define OPENING(name) \
    int name(const char *path, int flags, ...) { \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = (flags & O_CREAT) ? (mode_t)va_arg(rest, int) : 0; \
        va_end(rest); \
        int existed = is_there(path, flags); \
        int fd = REAL(name)(path, flags, mode); \
        record_opening(path, flags, fd, existed); \
        return fd; \
    }
OPENING(open)
OPENING(open64)

int rename(const char *old, const char *new) {
    int done = REAL(rename)(old, new);
    char from[4096], to[4096];
    whole(old, from), whole(new, to);
    if (!done && (below(from) || below(to))) record('R', from, 0, to, strlen(to));
    return done;
}

int unlink(const char *path) {
    int done = REAL(unlink)(path);
    char found[4096];
    whole(path, found);
    if (!done && below(found)) record('U', found, 0, NULL, 0);
    return done;
}

int mkdir(const char *path, mode_t mode) {
    int done = REAL(mkdir)(path, mode);
    char found[4096];
    whole(path, found);
    if (!done && below(found)) record('M', found, 0, NULL, 0);
    return done;
}

static long ahead(void) {
    const char *seconds = setting("FAULTS_CLOCK");
    return seconds ? atol(seconds) : 0;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    int done = REAL(clock_gettime)(clock, now);
    if (!done && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += ahead();
    return done;
}

int gettimeofday(struct timeval *now, void *zone) {
    int (*found)(struct timeval *, void *) = real("gettimeofday");
    int done = found(now, zone);
    if (!done) now->tv_sec += ahead();
    return done;
}

time_t time(time_t *place) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (place) *place = now.tv_sec;
    return now.tv_sec;
}
