/* How fast memory is read: read BYTES THREADS PASSES
 *
 * Each thread fills a part of its own, then reads it once a pass, all threads together. Printed is
 * one number: bytes a second in the pass in the middle. A pass lasts from the start of its first
 * thread to the end of its last.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

enum { LARGE_PAGE = 2 << 20 };

typedef struct {
  pthread_t thread;
  size_t bytes;
  int passes;
  pthread_barrier_t *together;
  double *started, *ended; /* of each pass, in seconds */
  uint64_t result;         /* of all that was read, so that it is */
} Part;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + 1e-9 * time.tv_nsec;
}

__attribute__((noinline)) static uint64_t read_once(const uint64_t *numbers, size_t count) {
  uint64_t result = 0;
  for (size_t i = 0; i < count; i++) result ^= numbers[i];
  return result;
}

static void *work(void *argument) {
  Part *part = argument;
  void *memory = NULL;
  if (posix_memalign(&memory, LARGE_PAGE, part->bytes)) exit(1);
#ifdef MADV_HUGEPAGE
  madvise(memory, part->bytes, MADV_HUGEPAGE); /* as NumPy does */
#endif
  memset(memory, 1, part->bytes);
  for (int pass = 0; pass < part->passes; pass++) {
    pthread_barrier_wait(part->together);
    part->started[pass] = now();
    part->result ^= read_once(memory, part->bytes / 8);
    part->ended[pass] = now();
  }
  return NULL;
}

static int in_order(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(int count, char **words) {
  if (count != 4) return 2;
  size_t bytes = strtoull(words[1], NULL, 10);
  int threads = atoi(words[2]), passes = atoi(words[3]);
  pthread_barrier_t together;
  Part *parts = calloc(threads, sizeof *parts);
  double *seconds = calloc(passes, sizeof *seconds);
  uint64_t result = 0;

  pthread_barrier_init(&together, NULL, threads);
  for (int i = 0; i < threads; i++) {
    parts[i].bytes = bytes / threads / 8 * 8;
    parts[i].passes = passes;
    parts[i].together = &together;
    parts[i].started = calloc(passes, sizeof(double));
    parts[i].ended = calloc(passes, sizeof(double));
    if (pthread_create(&parts[i].thread, NULL, work, &parts[i])) return 1;
  }
  for (int i = 0; i < threads; i++) {
    pthread_join(parts[i].thread, NULL);
    result ^= parts[i].result;
  }
  for (int pass = 0; pass < passes; pass++) {
    double first = parts[0].started[pass], last = parts[0].ended[pass];
    for (int i = 1; i < threads; i++) {
      if (parts[i].started[pass] < first) first = parts[i].started[pass];
      if (parts[i].ended[pass] > last) last = parts[i].ended[pass];
    }
    seconds[pass] = last - first;
  }
  qsort(seconds, passes, sizeof *seconds, in_order);
  fprintf(stderr, "%llx\n", (unsigned long long)result);
  printf("%f\n", parts[0].bytes * (double)threads / seconds[passes / 2]);
  return 0;
}
