#define _GNU_SOURCE
#include "file_room.h"

#ifdef __linux__
#include <fcntl.h>
#endif

int diet_take_file_room(int descriptor, int64_t offset, int64_t byte_count) {
#ifdef __linux__
  return fallocate(descriptor, FALLOC_FL_KEEP_SIZE, offset, byte_count) == 0;
#else
  return 0;
#endif
}
