// What a CUDA source needs so that a C++ compiler takes it, and a processor runs it thread by thread.
// Threads of a block are fibers: each runs until it waits at the barrier or ends, then the next one.
#include <cmath>
#include <ucontext.h>

using std::exp;
using std::log;
using std::sqrt;

#define __global__
#define __device__
#define __shared__ static

struct Place {
    unsigned x, y, z;
};
static Place threadIdx, blockIdx, blockDim, gridDim;

const unsigned MOST_THREADS = 1024, STACK = 65536;
static ucontext_t scheduler, fibers[MOST_THREADS];
static char stacks[MOST_THREADS][STACK];
static bool ended[MOST_THREADS];
static unsigned running;
static void (*body)();

static void __syncthreads() { swapcontext(&fibers[running], &scheduler); }

static void run_thread() {
    body();
    ended[running] = true;
    swapcontext(&fibers[running], &scheduler);
}

static void resume(unsigned thread) {
    running = thread;
    threadIdx = {thread % blockDim.x, thread / blockDim.x % blockDim.y,
                 thread / (blockDim.x * blockDim.y)};
    swapcontext(&scheduler, &fibers[thread]);
}

// Returns whether all threads met at the same barriers.
static bool run_block() {
    const unsigned threads = blockDim.x * blockDim.y * blockDim.z;
    for (unsigned thread = 0; thread < threads; ++thread) {
        ended[thread] = false;
        getcontext(&fibers[thread]);
        fibers[thread].uc_stack.ss_sp = stacks[thread];
        fibers[thread].uc_stack.ss_size = STACK;
        fibers[thread].uc_link = nullptr;
        makecontext(&fibers[thread], run_thread, 0);
    }
    for (;;) {
        unsigned at_end = 0;
        for (unsigned thread = 0; thread < threads; ++thread) {
            resume(thread);
            at_end += ended[thread];
        }
        if (at_end == threads) return true;
        if (at_end > 0) return false;
    }
}

static bool run_grid(Place grid, Place block, void (*thread_body)()) {
    gridDim = grid;
    blockDim = block;
    body = thread_body;
    for (blockIdx.z = 0; blockIdx.z < grid.z; ++blockIdx.z)
        for (blockIdx.y = 0; blockIdx.y < grid.y; ++blockIdx.y)
            for (blockIdx.x = 0; blockIdx.x < grid.x; ++blockIdx.x)
                if (!run_block()) return false;
    return true;
}
