// A hint that Swift cannot give: load a cache line that is needed soon.
#ifndef CKERNELS_PREFETCH_H
#define CKERNELS_PREFETCH_H

#pragma GCC visibility push(hidden)

static inline void diet_prefetch(const void *address) { __builtin_prefetch(address); }

#pragma GCC visibility pop

#endif
