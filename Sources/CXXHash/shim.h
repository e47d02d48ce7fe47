#ifndef DIET_CXXHASH_H
#define DIET_CXXHASH_H

#define XXH_DISPATCH_DISABLE_REPLACE
#include <xxhash.h>
#if defined(__x86_64__)
#include <xxh_x86dispatch.h>
// Debian's shared library has it, its static one has not.
#pragma weak XXH3_128bits_update_dispatch
#endif

/// `XXH3_128bits_update` with the widest vectors that the processor has, where the library is able
/// to choose them.
static inline XXH_errorcode diet_xxh3_update(XXH3_state_t *state, const void *bytes,
                                             size_t count) {
#if defined(__x86_64__)
  if (XXH3_128bits_update_dispatch) return XXH3_128bits_update_dispatch(state, bytes, count);
#endif
  return XXH3_128bits_update(state, bytes, count);
}

#endif
