// How many processors this process may run on: the call and its macros are
// hidden from Swift behind _GNU_SOURCE.
#ifndef CKERNELS_PROCESSORS_H
#define CKERNELS_PROCESSORS_H

#pragma GCC visibility push(hidden)

int diet_available_processors(void);

#pragma GCC visibility pop

#endif
